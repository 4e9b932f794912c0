"""Which websites may show a survey in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change
from surveys.actions.drafts import locked_survey
from surveys.models import AllowedOrigin

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Survey


@transaction.atomic
def allow_origin(*, survey: Survey, origin: str, by: Member | None, now: datetime) -> AllowedOrigin:
    """Let a website show the survey; one that may already stays as it is. Raises SurveyArchived."""
    survey = locked_survey(survey)
    allowed, is_new = AllowedOrigin.objects.get_or_create(survey=survey, origin=origin)
    if is_new:
        record_change(
            action="allowed a website", subject=survey, by=by, now=now, changes={"origin": ["", origin]}
        )
    return allowed


@transaction.atomic
def withdraw_origin(*, survey: Survey, origin: str, by: Member | None, now: datetime) -> None:
    """From now on the website may not show the survey; one that never could stays so. Raises SurveyArchived."""
    survey = locked_survey(survey)
    removed, _by_model = AllowedOrigin.objects.filter(survey=survey, origin=origin).delete()
    if removed:
        record_change(
            action="withdrew a website", subject=survey, by=by, now=now, changes={"origin": [origin, ""]}
        )
