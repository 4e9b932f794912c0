"""The demo's surveys: one with two versions and 18 months of answers, a phone survey, a card, a review form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from surveys.actions.building import change_question
from surveys.actions.drafts import start_draft
from surveys.actions.kiosks import change_kiosk
from surveys.actions.lifecycle import create_survey
from surveys.actions.publishing import publish_draft
from surveys.details import QuestionDetails
from surveys.enums import Continuity
from surveys.models import Survey
from surveys.models.kiosks import IDLE_SECONDS, IdleEnd
from surveys.starters import COMMENT_CARD, DELIVERY, PHONE, REVIEW, SERVICE

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Version
    from surveys.starters import Starter

SECOND_VERSION_DAYS = 240
REWORDED = "speed_wait"


# As well known as the demo's passwords.
KIOSK_PIN = "2468"


def make_kiosk(*, by: Member, now: datetime) -> None:
    """`/s/service/` may stand at kiosks."""
    survey = Survey.objects.get(slug="service")
    change_kiosk(
        survey=survey, idle_seconds=IDLE_SECONDS, at_idle=IdleEnd.SUBMIT, pin=KIOSK_PIN, by=by, now=now
    )


def make_service_survey(*, by: Member, begun: datetime, now: datetime) -> list[tuple[Version, datetime]]:
    """`/s/service/`, whose question about waiting was worded anew eight months ago."""
    survey = create_survey(name="Service", slug="service", starter=SERVICE, by=by, now=begun)
    first = publish_draft(survey=survey, by=by, now=begun)
    changed = now - timedelta(days=SECOND_VERSION_DAYS)
    draft = start_draft(survey=survey, by=by, now=changed)
    question = draft.questions.select_related("measure").get(measure__key=REWORDED)
    details = replace(
        QuestionDetails.of(question), text="How would you rate the time until we turned to you?"
    )
    change_question(survey=survey, key=REWORDED, details=details, by=by, now=changed)
    second = publish_draft(survey=survey, answers={REWORDED: Continuity.NEW_WORDING}, by=by, now=changed)
    return [(first, begun), (second, changed)]


def make_other_surveys(*, by: Member, begun: datetime) -> list[tuple[Version, datetime]]:
    """The phone survey, published with answers to come; a card and a review form without; a draft."""
    create_survey(name="Delivery", starter=DELIVERY, by=by, now=begun)
    for name, starter in (("Comment card", COMMENT_CARD), ("Review", REVIEW)):
        publish_draft(survey=_created(name, starter, by=by, begun=begun), by=by, now=begun)
    phone = _created("Phone", PHONE, by=by, begun=begun)
    return [(publish_draft(survey=phone, by=by, now=begun), begun)]


def _created(name: str, starter: Starter, *, by: Member, begun: datetime) -> Survey:
    return create_survey(name=name, starter=starter, by=by, now=begun)
