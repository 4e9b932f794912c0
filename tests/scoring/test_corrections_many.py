"""Holding and releasing any number of responses at once."""

import pytest

from organisation.models import AuditEntry
from scoring.actions import corrections, hold_responses, recount, release_responses, score_pending
from scoring.models import DataVersion
from surveys import doorbell
from surveys.enums import Flag
from surveys.models import Response
from tests.factories import make_location, make_member, make_published, make_response
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right, stored_measure_cells

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(corrections, "CHUNK", 2)


@pytest.fixture
def version():
    return make_published()


@pytest.fixture
def flagged(version):
    """Five flagged at two places, four of them scored; one that is not flagged; one that is held already."""
    north = make_location()
    for ratings, location in (("55555", north), ("1x-?1", north), ("54321", None), ("12345", None)):
        place = {"location": location} if location else {}
        make_response(version, ratings, flags=Flag.TOO_FAST, **place)
    make_response(version, "33333")
    make_response(version, "22222", flags=Flag.TOO_FAST, is_held=True)
    score_pending(now=NOW)
    make_response(version, "44444", flags=Flag.TOO_FAST)
    return Response.objects.filter(flags=Flag.TOO_FAST)


def audit():
    return list(AuditEntry.objects.order_by("pk").values_list("action", "object_id", "changes"))


def test_hold_responses_takes_them_out_of_the_cells_and_keeps_their_flags(version, flagged):
    member = make_member()

    held = hold_responses(responses=flagged, subject=version.survey, by=member, now=NOW, why="too_fast")

    assert held == 5
    assert list(flagged.values_list("is_held", "is_scored").distinct()) == [(True, False)]
    assert set(flagged.values_list("flags", flat=True)) == {Flag.TOO_FAST}
    assert Response.objects.scored().get().ratings == "33333"
    assert_cells_are_right()
    assert recount(check=True, now=NOW).differed == 0
    assert audit() == [("held responses of", str(version.survey_id), {"responses": 5, "why": "too_fast"})]
    assert AuditEntry.objects.get().by == member


def test_release_responses_lets_them_count_once_with_the_next_scoring(version, flagged):
    hold_responses(responses=flagged, subject=version.survey, by=None, now=NOW)

    released = release_responses(responses=flagged, subject=version.survey, by=None, now=NOW)

    assert (released, score_pending(now=NOW)) == (6, 6)
    assert not Response.objects.held().exists()
    assert_cells_are_right()


@pytest.mark.parametrize("action", [hold_responses, release_responses])
def test_what_is_done_already_leaves_no_trace(version, flagged, action):
    action(responses=flagged, subject=version.survey, by=None, now=NOW)
    before, moved = stored_measure_cells(), DataVersion.objects.get().number

    again = action(responses=flagged, subject=version.survey, by=None, now=NOW)

    assert (again, len(audit())) == (0, 1)
    assert (stored_measure_cells(), DataVersion.objects.get().number) == (before, moved)


def test_release_responses_rings_after_commit(
    settings, monkeypatch, django_capture_on_commit_callbacks, version, flagged
):
    settings.DOORBELL_TASKS = ["toy"]
    monkeypatch.setattr(doorbell, "_doorbell", doorbell.Doorbell())

    with django_capture_on_commit_callbacks() as after_commit:
        release_responses(responses=flagged, subject=version.survey, by=None, now=NOW)

    assert after_commit == [doorbell.ring]


def test_responses_that_somebody_else_held_meanwhile_are_not_told_twice(version, flagged, monkeypatch):
    """Locked after somebody was at them: the chunk is asked once more."""
    locked = corrections._locked

    def late(responses):
        for chunk in locked(responses):
            Response.objects.filter(pk=chunk.first().pk).update(is_held=True, is_scored=False)
            yield chunk

    score_pending(now=NOW)
    monkeypatch.setattr(corrections, "_locked", late)

    assert hold_responses(responses=flagged, subject=version.survey, by=None, now=NOW) == 2
