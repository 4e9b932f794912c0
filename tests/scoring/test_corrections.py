from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.models import AuditEntry
from scoring.actions import (
    BadRatingsError,
    correct_response,
    corrections,
    delete_responses,
    hold_response,
    move_response,
    recount,
    release_response,
    score_pending,
)
from scoring.models import DataVersion
from surveys import doorbell
from surveys.enums import Kind, Mode
from surveys.models import Response
from tests.factories import (
    make_draft,
    make_location,
    make_member,
    make_published,
    make_question,
    make_response,
    make_survey,
    make_touchpoint,
)
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right, stored_measure_cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_published()


@pytest.fixture
def scored(version):
    """One of three that count."""
    for ratings in ("55555", "1x-?1"):
        make_response(version, ratings)
    response = make_response(version, "54321")
    score_pending(now=NOW)
    response.refresh_from_db()
    return response


def audit():
    return list(AuditEntry.objects.order_by("pk").values_list("action", "object_id", "changes"))


def test_correct_response_moves_the_cells(scored):
    corrected = correct_response(response=scored, ratings="1?345", by=None, now=NOW)

    assert corrected.ratings == "1?345"
    assert_cells_are_right()
    assert recount(check=True, now=NOW).differed == 0


def test_correct_response_tells_what_but_no_answers(scored):
    member = make_member()

    correct_response(response=scored, ratings="11111", answers={"why": "secret"}, by=member, now=NOW)

    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.kind, entry.object_id) == ("corrected", "response", str(scored.pk))
    assert (entry.by, entry.at, entry.changes) == (member, NOW, {"changed": ["ratings", "answers"]})


def test_correct_response_of_answers_moves_the_data_version_only(scored):
    before = stored_measure_cells()

    correct_response(response=scored, answers={"why": "so"}, by=None, now=NOW)

    assert stored_measure_cells() == before
    assert DataVersion.objects.get().number == 2


def test_correct_response_that_changes_nothing_leaves_no_trace(scored):
    correct_response(response=scored, ratings=scored.ratings, by=None, now=NOW)

    assert (audit(), DataVersion.objects.get().number) == ([], 1)


def test_correct_response_before_scoring_counts_later(version):
    response = make_response(version, "11111")

    correct_response(response=response, ratings="55555", by=None, now=NOW)
    score_pending(now=NOW)

    assert_cells_are_right()


def test_correct_response_reads_the_row_as_it_is_now(scored):
    stale = Response.objects.get(pk=scored.pk)
    correct_response(response=scored, ratings="11111", by=None, now=NOW)

    correct_response(response=stale, ratings="22222", by=None, now=NOW)

    assert_cells_are_right()


@pytest.mark.parametrize("ratings", ["5432", "543215", "5432.", "54326", "5432 ", ""])
def test_correct_response_refuses_ratings_that_do_not_fit(scored, ratings):
    with pytest.raises(BadRatingsError):
        correct_response(response=scored, ratings=ratings, by=None, now=NOW)


def test_correct_response_expects_a_dot_where_nothing_is_rated():
    draft = make_draft(make_survey(), questions=())
    make_question(draft, 1, key="why", kind=Kind.TEXT, allows_not_applicable=False)
    make_question(draft, 2, key="speed", dimension="speed")
    response = make_response(make_published(draft=draft), ".5")

    with pytest.raises(BadRatingsError):
        correct_response(response=response, ratings="55", by=None, now=NOW)
    corrected = correct_response(response=response, ratings=".4", by=None, now=NOW)

    assert corrected.ratings == ".4"


def test_hold_response_takes_it_out_of_the_cells(scored):
    held = hold_response(response=scored, by=None, now=NOW)

    assert (held.is_held, held.is_scored) == (True, False)
    assert_cells_are_right()
    assert audit() == [("held", str(scored.pk), {})]


def test_hold_response_keeps_an_unscored_one_from_being_scored(version):
    response = make_response(version)

    hold_response(response=response, by=None, now=NOW)

    assert (score_pending(now=NOW), stored_measure_cells()) == (0, {})


def test_held_twice_and_released_twice_counts_once(scored):
    for change in (hold_response, hold_response, release_response, release_response):
        change(response=scored, by=None, now=NOW)

    assert score_pending(now=NOW) == 1
    assert [action for action, *_ in audit()] == ["held", "released"]
    assert_cells_are_right()


def test_release_response_rings_after_commit(
    settings, monkeypatch, django_capture_on_commit_callbacks, version
):
    settings.DOORBELL_TASKS = ["toy"]
    monkeypatch.setattr(doorbell, "_doorbell", doorbell.Doorbell())
    response = make_response(version, is_held=True)

    with django_capture_on_commit_callbacks() as after_commit:
        release_response(response=response, by=None, now=NOW)

    assert after_commit == [doorbell.ring]


def test_move_response_moves_the_cells_to_its_new_place(scored):
    location, touchpoint = make_location(), make_touchpoint()

    move_response(
        response=scored,
        location=location,
        touchpoint=touchpoint,
        day=date(2026, 2, 28),
        mode=Mode.PAPER,
        by=None,
        now=NOW,
    )

    there = (date(2026, 2, 28), location.pk, touchpoint.pk, "paper", scored.version_id)
    assert sum(key[1:] == there for key in stored_measure_cells()) == 5
    assert_cells_are_right()
    ((action, _, changes),) = audit()
    assert (action, changes["mode"], changes["received_on"]) == (
        "moved",
        ["link", "paper"],
        ["2026-03-02", "2026-02-28"],
    )


def test_move_response_leaves_what_is_not_named(scored):
    moved = move_response(response=scored, mode=Mode.PHONE, by=None, now=NOW)

    assert (moved.mode, moved.location_id, moved.received_on) == (
        "phone",
        scored.location_id,
        scored.received_on,
    )
    assert_cells_are_right()


def test_delete_responses_takes_them_out_of_the_cells(monkeypatch, version):
    monkeypatch.setattr(corrections, "CHUNK", 2)
    for ratings in ("11111", "12345", "x-?54"):
        make_response(version, ratings, mode=Mode.IMPORT)
    make_response(version, "55555", mode=Mode.IMPORT, is_held=True)
    stays = make_response(version, "33333")
    score_pending(now=NOW)
    make_response(version, "44444", mode=Mode.IMPORT)
    member = make_member()

    deleted = delete_responses(
        responses=Response.objects.filter(mode=Mode.IMPORT), subject=version.survey, by=member, now=NOW
    )

    assert (deleted, list(Response.objects.all())) == (5, [stays])
    assert_cells_are_right()
    assert audit() == [("deleted responses of", str(version.survey_id), {"responses": 5})]


def test_delete_responses_takes_a_queryset_with_joins_and_order(scored):
    chosen = Response.objects.filter(version__survey=scored.version.survey).order_by("received_on").distinct()

    deleted = delete_responses(responses=chosen, subject=scored.version.survey, by=None, now=NOW)

    assert (deleted, stored_measure_cells()) == (3, {})
    assert DataVersion.objects.get().number == 2


def queries_to_delete(version, many):
    for _ in range(many):
        make_response(version, "12345")
    score_pending(now=NOW)
    with CaptureQueriesContext(connection) as queries:
        delete_responses(responses=Response.objects.all(), subject=version.survey, by=None, now=NOW)
    return len(queries)


def test_delete_responses_asks_as_many_queries_for_many(version):
    assert queries_to_delete(version, 30) == queries_to_delete(version, 1)
