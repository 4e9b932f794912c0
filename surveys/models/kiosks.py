"""How the kiosks of a survey behave. No version holds this: it may change while the survey is being answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import between, one_of
from surveys.models.surveys import Survey

if TYPE_CHECKING:
    from organisation.models import Member

IDLE_SECONDS, SHORTEST_IDLE, LONGEST_IDLE = 60, 15, 600


class IdleEnd(models.TextChoices):
    """What becomes of the answers of somebody who walked away."""

    SUBMIT = "submit", _("Send what was answered")
    DROP = "drop", _("Drop it")


class KioskRuleQuerySet(models.QuerySet["KioskRule"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(survey__in=Survey.objects.visible_to(member))


class KioskRule(models.Model):
    """There is one as soon as the survey may stand at a kiosk: without a PIN nobody could leave it."""

    survey = models.OneToOneField(Survey, models.CASCADE, primary_key=True, related_name="kiosk_rule")
    idle_seconds = models.PositiveSmallIntegerField(_("idle seconds"), default=IDLE_SECONDS)
    at_idle = models.CharField(_("when idle"), max_length=10, choices=IdleEnd, default=IdleEnd.SUBMIT)
    pin_hash = models.CharField(max_length=200)
    # Stands in every kiosk's address: the next edition withdraws those of the one before.
    edition = models.PositiveIntegerField(default=1)

    objects = KioskRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            between("idle_seconds", SHORTEST_IDLE, LONGEST_IDLE),
            one_of("at_idle", IdleEnd),
            models.CheckConstraint(
                condition=~Q(pin_hash=""), name="%(app_label)s_%(class)s_cannot_be_left_without_pin"
            ),
        ]

    def __str__(self) -> str:
        return str(self.survey)
