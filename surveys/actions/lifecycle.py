"""A survey as a whole: made, changed, copied, put away and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from organisation.actions import record_change
from surveys import doorbell
from surveys.actions.drafts import copied_version, locked_survey
from surveys.details import CHOICES
from surveys.enums import Purpose
from surveys.keys import ADDRESS_LENGTH, address, keyed_options
from surveys.models import Measure, Question, Response, Survey, Version
from surveys.rules import may_change_purpose, may_move_house
from surveys.starters import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from organisation.models import Member
    from surveys.details import QuestionDetails
    from surveys.starters import Starter

SETTINGS = ("name", "slug", "purpose", "language", "is_anonymous", "opens_at", "closes_at")
SETTLED_BY_PUBLISHING = frozenset({"slug", "is_anonymous", "language"})
NAME_LENGTH = 100


class AddressTaken(Exception):
    """Another survey has this address."""


class SettledByPublishing(Exception):
    """Address, anonymity and language stay as they are once a version was published; so does a review form."""


@transaction.atomic
def create_survey(
    *,
    name: str,
    by: Member | None,
    now: datetime,
    starter: Starter = EMPTY,
    purpose: str = "",
    language: str = "en",
    slug: str = "",
) -> Survey:
    """Make a survey with a draft of the starter's questions, in the survey's language. The address is made from
    the name, unless it is given. Raises AddressTaken.
    """
    survey = Survey(
        slug=slug or _free_address(name),
        name=name,
        purpose=purpose or starter.purpose or Purpose.SURVEY,
        language=language,
        created_at=now,
        created_by=by,
    )
    _save_address(survey)
    with translation.override(language):
        _write_starter(survey, starter)
    record_change(action="created", subject=survey, by=by, now=now, changes={"starter": starter.key})
    return survey


@transaction.atomic
def change_survey(*, survey: Survey, settings: Mapping[str, Any], by: Member | None, now: datetime) -> Survey:
    """Change some SETTINGS. Raises AddressTaken, SurveyArchived, and SettledByPublishing for an address,
    anonymity, language or purpose that may no longer change.
    """
    survey = locked_survey(survey)
    changes = {
        name: [getattr(survey, name), value]
        for name, value in settings.items()
        if getattr(survey, name) != value
    }
    if changes.keys() & SETTLED_BY_PUBLISHING and not may_move_house(survey):
        raise SettledByPublishing
    if "purpose" in changes and not may_change_purpose(survey):
        raise SettledByPublishing
    for name, (_before, value) in changes.items():
        setattr(survey, name, value)
    if changes:
        _save_address(survey, fields=list(changes))
        record_change(action="changed", subject=survey, by=by, now=now, changes=_as_json(changes))
    if "purpose" in changes and survey.is_review_form:
        _read_again(survey)
    return survey


def _read_again(survey: Survey) -> None:
    """On a review form ratings alone are worth reading: those that came before it was one, too."""
    passed_over = Response.objects.arrived().filter(version__survey=survey, is_heard=True)
    passed_over.update(is_heard=False)
    transaction.on_commit(doorbell.ring, robust=True)


@transaction.atomic
def archive_survey(*, survey: Survey, by: Member, now: datetime) -> Survey:
    """Put a survey away: it takes no more answers, and nothing in it changes. Raises SurveyArchived."""
    survey = locked_survey(survey)
    survey.archived_at, survey.archived_by = now, by
    survey.save(update_fields=["archived_at", "archived_by"])
    record_change(action="archived", subject=survey, by=by, now=now)
    return survey


@transaction.atomic
def restore_survey(*, survey: Survey, by: Member | None, now: datetime) -> Survey:
    """Bring an archived survey back as it was; one that is not archived stays as it is."""
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if survey.archived_at:
        survey.archived_at, survey.archived_by = None, None
        survey.save(update_fields=["archived_at", "archived_by"])
        record_change(action="restored", subject=survey, by=by, now=now)
    return survey


@transaction.atomic
def copy_survey(*, survey: Survey, by: Member | None, now: datetime) -> Survey:
    """A new survey with a draft like this one's draft, or else its live version. Its measures are its own, so the
    two are never counted together.
    """
    name = (_("Copy of %(name)s") % {"name": survey.name})[:NAME_LENGTH]
    copy = Survey.objects.create(
        slug=_free_address(name),
        name=name,
        purpose=survey.purpose,
        language=survey.language,
        is_anonymous=survey.is_anonymous,
        created_at=now,
        created_by=by,
    )
    version = survey.versions.drafts().first() or survey.live_version
    questions = list(version.questions.select_related("measure").in_order()) if version else []
    for question in questions:
        question.measure = _measure_like(question.measure, copy)
    copied_version(version, copy, questions)
    record_change(action="copied", subject=copy, by=by, now=now, changes={"original": survey.slug})
    return copy


def _free_address(name: str) -> str:
    wish = address(name, taken=set())
    begins = wish[: ADDRESS_LENGTH - len("-999")]
    return address(
        name, taken=set(Survey.objects.filter(slug__startswith=begins).values_list("slug", flat=True))
    )


def _save_address(survey: Survey, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            survey.save(update_fields=fields)
    except IntegrityError as error:
        if Survey.objects.exclude(pk=survey.pk).filter(slug=survey.slug).exists():
            raise AddressTaken(survey.slug) from error
        raise


def _write_starter(survey: Survey, starter: Starter) -> None:
    draft = Version.objects.create(
        survey=survey,
        title=str(starter.title) or survey.name,
        intro=str(starter.intro),
        thanks_title=str(starter.thanks_title),
        thanks_text=str(starter.thanks_text),
    )
    for position, details in enumerate(starter.questions(), start=1):
        _write_question(draft, position, details)


def _write_question(draft: Version, position: int, details: QuestionDetails) -> None:
    kind, dimension, is_reversed = details.shape
    measure = Measure.objects.create(
        survey=draft.survey, key=details.key, kind=kind, dimension=dimension, is_reversed=is_reversed
    )
    Question.objects.create(
        version=draft,
        position=position,
        measure=measure,
        section=details.section,
        text=details.text,
        help_text=details.help_text,
        is_required=details.is_required,
        allows_not_applicable=details.allows_not_applicable,
        weight=details.weight,
        options=keyed_options(details.options, before=()) if kind in CHOICES else [],
    )


def _measure_like(measure: Measure, survey: Survey) -> Measure:
    return Measure.objects.create(
        survey=survey,
        key=measure.key,
        kind=measure.kind,
        dimension=measure.dimension,
        is_reversed=measure.is_reversed,
    )


def _as_json(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Moments as text, as JSON has none."""
    return {
        name: [value.isoformat() if hasattr(value, "isoformat") else value for value in pair]
        for name, pair in changes.items()
    }
