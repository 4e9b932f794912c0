"""Many deeds one after another, and at once."""

from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.actions.building import (
    NoSuchQuestion,
    TooManyQuestions,
    add_question,
    change_question,
    copy_question,
    move_question,
    put_back_question,
    remove_question,
)
from surveys.details import QuestionDetails
from surveys.enums import Dimension
from tests.factories import make_draft

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RATING = QuestionDetails(text="How was the light?", dimension=Dimension.QUALITY)
BY_NOBODY = {"by": None, "now": NOW}
LETTERS = [(letter, Dimension.QUALITY) for letter in "abcdefghijklmnopqrst"]


def keys(version):
    return list(version.questions.in_order().values_list("measure__key", flat=True))


def positions(version):
    return list(version.questions.in_order().values_list("position", flat=True))


deed = st.tuples(
    st.sampled_from(["add", "copy", "move", "move", "remove", "change", "put back"]),
    st.integers(0, 25),
    st.integers(-3, 25),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 20), sequence=st.lists(deed, max_size=12))
def test_positions_stay_1_to_n_whatever_is_done(db, start, sequence):
    with transaction.atomic():
        draft = make_draft(questions=LETTERS[:start])
        expected = list("abcdefghijklmnopqrst")[:start]
        removed = None
        for what in sequence:
            removed = _do(draft, expected, what, removed)

            assert positions(draft) == list(range(1, len(expected) + 1))
            assert keys(draft) == expected
            assert len(expected) <= 20
        transaction.set_rollback(True)


def _do(draft, expected, deed, removed):
    """Do one deed to the draft and to the list of keys that models it."""
    survey = draft.survey
    name, which, to = deed
    key = expected[which % len(expected)] if expected else "none"
    try:
        if name == "add":
            expected.append(add_question(survey=survey, details=RATING, **BY_NOBODY).measure.key)
        elif name == "copy":
            copy = copy_question(survey=survey, key=key, **BY_NOBODY)
            expected.insert(expected.index(key) + 1, copy.measure.key)
        elif name == "move":
            move_question(survey=survey, key=key, to=to, **BY_NOBODY)
            expected.remove(key)
            expected.insert(min(max(to, 1), len(expected) + 1) - 1, key)
        elif name == "remove":
            removed = remove_question(survey=survey, key=key, **BY_NOBODY)
            expected.remove(key)
        elif name == "change":
            change_question(survey=survey, key=key, details=RATING, **BY_NOBODY)
        elif removed:
            put_back_question(survey=survey, removed=removed, **BY_NOBODY)
            expected.insert(removed["position"] - 1, removed["key"])
    except TooManyQuestions:
        assert len(expected) == 20
    except NoSuchQuestion:
        assert not expected or name == "put back"
    return removed


@pytest.mark.django_db(transaction=True)
def test_editors_who_add_at_once_take_turns():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, whoever asks.")
    draft = make_draft(questions=LETTERS[:18])
    refusals = []

    def add():
        try:
            add_question(survey=draft.survey, details=RATING, **BY_NOBODY)
        except TooManyQuestions:
            refusals.append(True)
        finally:
            connection.close()

    threads = [Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert positions(draft) == list(range(1, 21))
    assert len(refusals) == 4
