"""Several who score and correct at the same time, each in a session of its own, on a real PostgreSQL."""

import random
import threading
from datetime import date

import pytest
from django.db import connection, transaction

from scoring.actions import (
    correct_response,
    delete_responses,
    hold_response,
    move_response,
    recount,
    release_response,
    score_all_pending,
    score_pending,
)
from scoring.claims import claim
from scoring.models import DataVersion, ScoringState
from scoring.queries import oldest_unscored_age
from surveys.actions.responses import Submission, store_response
from surveys.answering.answers import Answers
from surveys.models import Response
from tests.factories import make_location, make_published, make_response
from tests.factories.surveys import NOW
from tests.scoring.concurrency import at_once, in_another_session
from tests.scoring.plain import assert_cells_are_right

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


def fill(version, many, **fields):
    chance = random.Random(many)
    return [
        make_response(
            version,
            "".join(chance.choices("12345x-", k=5)),
            received_on=date(2026, 3, chance.randint(1, 3)),
            **fields,
        )
        for _ in range(many)
    ]


def score_in_small_batches():
    scored = 0
    while batch := score_pending(now=NOW, limit=7):
        scored += batch
    return scored


def test_scorers_at_once_count_each_response_once():
    fill(make_published(), 120)
    fill(make_published(), 60)

    scored = at_once(*[score_in_small_batches] * 4)

    # Whoever finds only rows that another has in hand ends: the rest is the other's.
    assert sum(scored) == 180
    assert_cells_are_right()
    assert recount(check=True, now=NOW).differed == 0


def test_the_same_message_three_times_counts_once():
    fill(make_published(), 50)

    scored = at_once(*[lambda: score_all_pending(clock=lambda: NOW)] * 3)

    assert sum(scored) == 50
    assert_cells_are_right()


def test_scorer_passes_over_what_another_has_in_hand():
    version = make_published()
    fill(version, 3)
    with transaction.atomic():
        claim(limit=2)
        (elsewhere,) = at_once(lambda: score_pending(now=NOW))
        transaction.set_rollback(True)

    assert elsewhere == 1
    assert Response.objects.unscored().count() == 2
    assert_cells_are_right()


def test_what_another_has_in_hand_keeps_the_alarm_running():
    """A worker that hangs with responses in hand is found out, although others score all the rest."""
    fill(make_published(), 3)
    ScoringState.note_drained(at=NOW, resolution=NOW - NOW)
    with transaction.atomic():
        claim(limit=2)
        at_once(lambda: score_pending(now=NOW.replace(hour=10)))
        at_once(lambda: score_pending(now=NOW.replace(hour=11)))
        (age,) = at_once(lambda: oldest_unscored_age(now=NOW.replace(hour=12)))
        transaction.set_rollback(True)

    assert age.total_seconds() == 3 * 3600


def test_corrections_while_scoring_leave_the_cells_right():
    version, places = make_published(), [make_location() for _ in range(2)]
    responses = fill(version, 60)

    def correct():
        for response in responses[:30]:
            correct_response(response=response, ratings="51x-3", by=None, now=NOW)

    def move():
        for at, response in enumerate(responses[15:45]):
            move_response(response=response, location=places[at % 2], by=None, now=NOW)

    def hold_and_release():
        for response in responses[::3]:
            hold_response(response=response, by=None, now=NOW)
            release_response(response=response, by=None, now=NOW)

    at_once(correct, move, hold_and_release, score_in_small_batches, score_in_small_batches)
    score_all_pending(clock=lambda: NOW)

    assert Response.objects.unscored().count() == 0
    assert_cells_are_right()
    assert recount(check=True, now=NOW).differed == 0


def test_moves_against_each_other_do_not_lock_up():
    version, here, there = make_published(), make_location(), make_location()
    left, right = fill(version, 15, location=here), fill(version, 15, location=there)
    score_all_pending(clock=lambda: NOW)

    at_once(
        lambda: [move_response(response=one, location=there, by=None, now=NOW) for one in left],
        lambda: [move_response(response=one, location=here, by=None, now=NOW) for one in right],
    )

    assert_cells_are_right()


def test_deleting_many_while_scoring_leaves_the_cells_right():
    version, place = make_published(), make_location()
    fill(version, 80, location=place)
    fill(version, 40)
    score_pending(now=NOW, limit=30)

    deleted, *_scored = at_once(
        lambda: delete_responses(
            responses=Response.objects.filter(location=place), subject=version.survey, by=None, now=NOW
        ),
        score_in_small_batches,
        score_in_small_batches,
    )
    score_all_pending(clock=lambda: NOW)

    assert (deleted, Response.objects.count()) == (80, 40)
    assert_cells_are_right()


def test_killed_in_mid_batch_nothing_counts():
    version = make_published()
    fill(version, 20)
    reached, go_on = threading.Event(), threading.Event()

    def score_and_die():
        with transaction.atomic():
            score_pending(now=NOW)
            reached.set()
            go_on.wait(10)
            connection.connection.close()  # as the server sees a process that was killed

    def look():
        reached.wait(10)
        seen = (Response.objects.unscored().count(), DataVersion.objects.count())
        go_on.set()
        return seen

    with pytest.raises(Exception, match="closed"):
        at_once(score_and_die, look)

    assert Response.objects.unscored().count() == 20
    assert score_all_pending(clock=lambda: NOW) == 20
    assert_cells_are_right()


def test_what_is_sent_again_while_it_is_deleted_does_not_come_back():
    version = make_published()
    response = make_response(version)
    sent = Submission(
        id=response.pk,
        **{name: getattr(response, name) for name in ("version_id", "location_id", "touchpoint_id", "mode")},
        received_on=response.received_on,
        received_at=None,
    )
    deleted, stored = threading.Event(), []

    def send_again():
        deleted.wait()
        stored.append(store_response(submission=sent, answers=Answers(ratings=response.ratings)))

    sender = threading.Thread(target=in_another_session, args=(send_again,))
    sender.start()
    with transaction.atomic():
        delete_responses(responses=Response.objects.all(), subject=version.survey, by=None, now=NOW)
        deleted.set()
        # It waits for this transaction by now, since the key is still there for others.
        sender.join(timeout=0.5)
        is_waiting = sender.is_alive()
    sender.join()

    assert (is_waiting, stored, Response.objects.count()) == (True, [False], 0)
