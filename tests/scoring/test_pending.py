from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.actions import pending, score_all_pending, score_pending
from scoring.models import DataVersion, ScoringState
from surveys.enums import Flag
from surveys.models import Response
from tests.factories import make_published, make_response
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right, stored_measure_cells

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_score_pending_counts_each_response_once():
    version = make_published()
    for ratings in ("54321", "1?x-5", "33333"):
        make_response(version, ratings)

    scored = [score_pending(now=NOW), score_pending(now=NOW)]

    assert scored == [3, 0]
    assert_cells_are_right()


def test_score_pending_leaves_held_responses():
    make_response(make_published(), is_held=True)

    scored = score_pending(now=NOW)

    assert (scored, stored_measure_cells()) == (0, {})


def test_score_pending_takes_no_more_than_its_limit():
    version = make_published()
    for _ in range(5):
        make_response(version)

    scored = [score_pending(now=NOW, limit=2) for _ in range(4)]

    assert scored == [2, 2, 1, 0]
    assert_cells_are_right()


def test_score_pending_counts_several_surveys_and_versions():
    for _ in range(2):
        first = make_published()
        second = make_published(first.survey, questions=[("speed", "speed"), ("calm", "overall")])
        make_response(first, "12345")
        make_response(second, "45")

    score_pending(now=NOW)

    assert_cells_are_right()


def test_score_pending_scores_what_has_nothing_to_count():
    version = make_published(questions=[])
    make_response(version, ".")

    scored = score_pending(now=NOW)

    assert (scored, Response.objects.unscored().count()) == (1, 0)


def test_score_pending_survives_ratings_of_another_length():
    version = make_published()
    for ratings in ("5", "12345" * 4):
        make_response(version, ratings)

    scored = score_pending(now=NOW)

    assert scored == 2
    assert_cells_are_right()


def test_score_pending_moves_the_data_version():
    survey = make_published().survey
    make_response(survey.live_version)

    score_pending(now=NOW)
    score_pending(now=NOW + MINUTE)

    assert list(DataVersion.objects.values_list("survey", "number", "moved_at")) == [(survey.pk, 1, NOW)]


def test_score_pending_flags_repeated_answers():
    version = make_published(questions=[(f"q{at}", "speed") for at in range(9)])
    for _ in range(2):
        make_response(version, "121212121")

    score_pending(now=NOW)

    assert set(Response.objects.values_list("flags", "is_scored")) == {(Flag.REPEATED, True)}


def test_score_pending_notes_when_the_list_was_empty():
    make_response(make_published())

    score_pending(now=NOW)

    assert ScoringState.objects.get().drained_at == NOW


def test_score_pending_does_not_call_a_full_batch_the_end():
    version = make_published()
    for _ in range(2):
        make_response(version)

    score_pending(now=NOW, limit=1)

    assert ScoringState.objects.count() == 0


def test_score_pending_with_nothing_to_do_only_looks(django_assert_num_queries):
    score_pending(now=NOW)

    with django_assert_num_queries(2):
        score_pending(now=NOW + timedelta(seconds=9))


def test_score_pending_asks_as_many_queries_for_many():
    version = make_published()
    counts = []
    for many in (1, 1, 30):
        for _ in range(many):
            make_response(version)
        with CaptureQueriesContext(connection) as queries:
            score_pending(now=NOW)
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_score_all_pending_goes_on_until_nothing_is_left(monkeypatch):
    monkeypatch.setitem(pending.BATCH, connection.vendor, 2)
    version = make_published()
    for _ in range(5):
        make_response(version)

    scored = score_all_pending(clock=lambda: NOW)

    assert scored == 5
    assert_cells_are_right()


def test_score_all_pending_leaves_what_comes_meanwhile():
    version, late = make_published(), iter(range(5))

    def clock():
        if next(late, None) is not None:
            make_response(version)
        return NOW

    scored = score_all_pending(clock=clock)

    assert (scored, list(late)) == (1, [1, 2, 3, 4])


def test_score_all_pending_ends_when_its_time_is_over(monkeypatch):
    monkeypatch.setitem(pending.BATCH, connection.vendor, 2)
    version = make_published()
    for _ in range(5):
        make_response(version)
    times = iter(NOW + timedelta(seconds=at) for at in range(10))

    scored = score_all_pending(clock=lambda: next(times), until=NOW + timedelta(seconds=4))

    assert (scored, Response.objects.unscored().count()) == (4, 1)
