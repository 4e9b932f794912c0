"""How a survey's kiosks behave, and the PIN with which they are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from organisation.actions import record_change
from organisation.actions.audit import set_fields
from surveys.actions.drafts import locked_survey
from surveys.models import KioskRule

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Survey


class NoPin(Exception):
    """The survey's kiosks have no PIN yet, and none was given: nobody could leave them."""


@transaction.atomic
def withdraw_kiosks(*, survey: Survey, by: Member | None, now: datetime) -> KioskRule:
    """Let no kiosk's address made until now open a kiosk any more. What their devices still send is held.

    Raises NoPin where the survey has no kiosks, SurveyArchived.
    """
    survey = locked_survey(survey)
    rule = KioskRule.objects.filter(survey=survey).first()
    if rule is None:
        raise NoPin
    changes = set_fields(rule, {"edition": rule.edition + 1})
    rule.save()
    record_change(action="withdrew the kiosks of", subject=survey, by=by, now=now, changes=changes)
    return rule


@transaction.atomic
def change_kiosk(
    *, survey: Survey, idle_seconds: int, at_idle: str, pin: str, by: Member | None, now: datetime
) -> KioskRule:
    """Set how the survey's kiosks behave; an empty PIN keeps the one there is. The audit trail says that the PIN
    changed, never what it is. Raises NoPin, SurveyArchived.
    """
    survey = locked_survey(survey)
    rule = KioskRule.objects.filter(survey=survey).first() or KioskRule(survey=survey)
    if not (pin or rule.pin_hash):
        raise NoPin
    changes = set_fields(rule, {"idle_seconds": idle_seconds, "at_idle": at_idle})
    if pin:
        rule.pin_hash = make_password(pin)
        changes["pin"] = ["", "changed"]
    if changes:
        rule.save()
        record_change(action="changed the kiosk of", subject=survey, by=by, now=now, changes=changes)
    return rule
