"""Labels that members put on what was said, to find it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from organisation.checks import one_of
from reviews.enums import LabelColour

if TYPE_CHECKING:
    from organisation.models import Member


class LabelQuerySet(models.QuerySet["Label"]):
    def visible_to(self, member: Member) -> Self:  # noqa: ARG002 (labels are the organisation's vocabulary)
        return self


class Label(models.Model):
    name = models.CharField(_("name"), max_length=40)
    colour = models.CharField(_("colour"), max_length=10, choices=LabelColour, default=LabelColour.GREY)

    objects = LabelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="%(app_label)s_%(class)s_name_once_whatever_its_case",
                violation_error_message=_("There is a label of that name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="%(app_label)s_%(class)s_name_is_not_empty"
            ),
            one_of("colour", LabelColour),
        ]

    def __str__(self) -> str:
        return self.name
