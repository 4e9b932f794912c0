"""The websites on which a survey may stand in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.models.surveys import Survey

if TYPE_CHECKING:
    from organisation.models import Member

ORIGIN_LENGTH = 200
# Nothing that could end the policy's directive, or open it wider: no blank, no semicolon, no asterisk.
ORIGIN_PATTERN = (
    r"\A(https://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|http://localhost)"
    r"(:[0-9]{1,5})?\Z"
)
ORIGIN = RegexValidator(
    ORIGIN_PATTERN, _("Give the start of the website’s address, such as https://www.example.org.")
)


class AllowedOriginQuerySet(models.QuerySet["AllowedOrigin"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(survey__in=Survey.objects.visible_to(member))

    def in_order(self) -> Self:
        return self.order_by("origin")


class AllowedOrigin(models.Model):
    """Scheme, host and port of a website: https, or this very machine for trying."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="allowed_origins")
    origin = models.CharField(_("website"), max_length=ORIGIN_LENGTH, validators=[ORIGIN])

    objects = AllowedOriginQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "origin"], name="%(app_label)s_%(class)s_once_in_survey"
            ),
            models.CheckConstraint(
                condition=Q(origin__regex=ORIGIN_PATTERN), name="%(app_label)s_%(class)s_is_an_origin"
            ),
        ]

    def __str__(self) -> str:
        return self.origin
