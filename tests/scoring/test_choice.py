from datetime import date
from uuid import UUID

import pytest

from scoring.choice import Choice, Place, reasons_for, responses_of, with_reason
from scoring.enums import Reason, Which
from surveys.enums import Flag
from surveys.models import Response
from surveys.models.imports import ImportState
from tests.factories import make_published, make_response
from tests.surveys.importing.runs import make_run

KEY = UUID("00000000-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(Which.ALL),
        Choice(Which.FLAGGED, Reason.TOO_FAST),
        Choice(Which.HELD, Reason.MEMBER, Place(date(2026, 3, 2), KEY)),
    ],
)
def test_choice_survives_its_address(choice):
    assert Choice.of(choice.query()) == choice


@pytest.mark.parametrize(
    "said",
    [
        {"show": "everything", "reason": "none", "after": "yesterday"},
        {"show": "\0", "reason": "\ud800", "after": "2026-03-02"},
        {"after": f"2026-03-02.{'9' * 5000}"},
        {"after": f"0000-00-00.{KEY}"},
    ],
)
def test_choice_passes_over_what_means_nothing(said):
    assert Choice.of(said) == Choice()


def ratings(responses):
    return sorted(responses.values_list("ratings", flat=True))


@pytest.fixture
def survey(db):
    """One response for each way of being held, flagged or neither."""
    version = make_published()
    make_response(version, "11111", flags=Flag.ROBOT, is_held=True)
    make_response(version, "22222", flags=Flag.TOO_FAST | Flag.STRAIGHT_LINE, is_held=True)
    make_response(version, "33333", flags=Flag.TOO_FAST | Flag.REPEATED)
    make_response(version, "44444", is_held=True)
    make_response(version, "55555")
    make_response(make_published(), "12345", is_held=True, flags=Flag.ROBOT)
    return version.survey


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(Which.HELD), ["11111", "22222", "44444"]),
        (Choice(Which.FLAGGED), ["11111", "22222", "33333"]),
        (Choice(Which.ALL), ["11111", "22222", "33333", "44444", "55555"]),
        (Choice(Which.HELD, Reason.TOO_FAST), ["22222"]),
        (Choice(Which.FLAGGED, Reason.TOO_FAST), ["22222", "33333"]),
        (Choice(Which.ALL, Reason.REPEATED), ["33333"]),
        (Choice(Which.HELD, Reason.ROBOT), ["11111"]),
        (Choice(Which.HELD, Reason.MEMBER), ["22222", "44444"]),
        (Choice(Which.ALL, Reason.STRAIGHT_LINE), ["22222"]),
    ],
)
def test_choice_means_these_responses(survey, choice, found):
    assert ratings(choice.responses(survey)) == found


@pytest.mark.django_db
@pytest.mark.parametrize("state", ImportState)
def test_rows_that_an_import_is_writing_are_not_there_yet(state):
    run = make_run(state=state)
    make_response(run.survey.live_version, "12345", import_run=run, is_held=True)

    there = responses_of(run.survey).exists(), with_reason(responses_of(run.survey), Reason.MEMBER).exists()

    assert there == ((True, True) if state in {"imported", "undone"} else (False, False))


@pytest.mark.parametrize(
    ("flags", "is_held", "reasons"),
    [
        (0, False, []),
        (0, True, [Reason.MEMBER]),
        (Flag.ROBOT, True, [Reason.ROBOT]),
        (Flag.ROBOT, False, [Reason.ROBOT]),
        (
            Flag.STRAIGHT_LINE | Flag.TOO_FAST | Flag.REPEATED,
            True,
            [Reason.TOO_FAST, Reason.STRAIGHT_LINE, Reason.REPEATED, Reason.MEMBER],
        ),
    ],
)
def test_reasons_are_the_flags_and_that_a_member_held_it(flags, is_held, reasons):
    assert reasons_for(Response(flags=flags, is_held=is_held)) == reasons


def test_every_flag_is_a_reason():
    assert {reason.name for reason in Reason} - {"MEMBER"} == {flag.name for flag in Flag}
