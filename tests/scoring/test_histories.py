"""Any sequence of what can happen to responses leaves cells that equal a plain count."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.models import Location, Touchpoint
from scoring.actions import (
    correct_response,
    delete_responses,
    hold_response,
    move_response,
    recount,
    release_response,
    score_pending,
)
from surveys.enums import Mode
from surveys.models import Response
from tests.factories import (
    make_draft,
    make_location,
    make_published,
    make_question,
    make_response,
    make_survey,
)
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right

SIGNS = "12345x-?"

indexes = st.integers(0, 30)
ratings = st.text(SIGNS, min_size=3, max_size=3)
days = st.integers(1, 3).map(lambda day: date(2026, 3, day))
modes = st.sampled_from([Mode.LINK, Mode.PAPER, Mode.IMPORT])
events = st.one_of(
    st.tuples(st.just("respond"), st.booleans(), ratings, days, modes),
    st.tuples(st.just("score"), st.integers(1, 5)),
    st.tuples(st.just("correct"), indexes, ratings),
    st.tuples(st.just("hold"), indexes),
    st.tuples(st.just("release"), indexes),
    st.tuples(st.just("move"), indexes, st.booleans(), days, modes),
    st.tuples(st.just("delete"), days),
)
QUESTIONS = (
    {"key": "quality", "dimension": "quality"},
    {"key": "speed", "dimension": "speed", "weight": 3},
    {"key": "slow", "dimension": "speed", "is_reversed": True},
    {"key": "all", "dimension": "overall"},
)


class History:
    """Two versions of a survey, two locations, and whatever happens to their responses."""

    def __init__(self) -> None:
        self.survey = make_survey()
        self.versions = [self.publish(QUESTIONS[:3]), self.publish(QUESTIONS[1:])]
        self.places = [Location.objects.get(is_default=True), make_location()]
        self.touchpoint = Touchpoint.objects.get(is_default=True)

    def publish(self, questions):
        draft = make_draft(self.survey, questions=())
        for position, question in enumerate(questions, start=1):
            make_question(draft, position, **question)
        return make_published(draft=draft)

    def happen(self, what, *details):
        getattr(self, what)(*details)

    def respond(self, is_second, given, day, mode):
        make_response(self.versions[is_second], given, received_on=day, mode=mode)

    def score(self, limit):
        score_pending(now=NOW, limit=limit)

    def correct(self, index, given):
        for response in self.chosen(index):
            correct_response(response=response, ratings=given, by=None, now=NOW)

    def hold(self, index):
        for response in self.chosen(index):
            hold_response(response=response, by=None, now=NOW)

    def release(self, index):
        for response in self.chosen(index):
            release_response(response=response, by=None, now=NOW)

    def move(self, index, is_second, day, mode):
        for response in self.chosen(index):
            place = self.places[is_second]
            move_response(response=response, location=place, day=day, mode=mode, by=None, now=NOW)

    def delete(self, day):
        chosen = Response.objects.filter(received_on=day, mode=Mode.IMPORT)
        delete_responses(responses=chosen, subject=self.survey, by=None, now=NOW)

    def chosen(self, index):
        """One of those there are, by its place in line."""
        responses = list(Response.objects.order_by("received_on", "ratings", "pk"))
        return responses[index % len(responses) : index % len(responses) + 1] if responses else []


@pytest.mark.django_db
@settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=st.lists(events, min_size=5, max_size=40))
def test_any_history_leaves_the_cells_right(history):
    with transaction.atomic():
        world = History()

        for event in history:
            world.happen(*event)

        assert recount(check=True, now=NOW).differed == 0
        assert_cells_are_right()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_histories_can_fail():
    """The comparison sees a single rating that is counted twice."""
    world = History()
    world.respond(False, "555", date(2026, 3, 1), Mode.LINK)
    world.score(5)
    Response.objects.update(ratings="554")

    with pytest.raises(AssertionError):
        assert_cells_are_right()
    assert recount(check=True, now=NOW).differed == 2
