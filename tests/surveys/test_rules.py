from datetime import UTC, datetime

import pytest

from surveys.models import Survey
from surveys.rules import may_be_changed, may_grow, may_move_house

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_an_archived_survey_is_not_changed():
    assert may_be_changed(Survey())
    assert not may_be_changed(Survey(archived_at=NOW))


def test_address_and_anonymity_are_settled_by_publishing():
    assert may_move_house(Survey())
    assert not may_move_house(Survey(live_version_id=1))


@pytest.mark.parametrize(("questions", "grows"), [(0, True), (19, True), (20, False), (21, False)])
def test_a_survey_grows_to_20_questions(questions, grows):
    assert may_grow(questions) == grows
