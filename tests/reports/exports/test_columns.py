from datetime import timedelta

import pytest

from reports.exports.columns import columns_of, explained
from tests.factories import make_draft, make_published, make_question
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


def test_versions_published_later_are_not_in_it():
    version = make_published()

    assert columns_of(version.survey_id, "en", at=NOW - timedelta(seconds=1)).versions == ()
    assert [one.number for one in columns_of(version.survey_id, "en", at=NOW).versions] == [1]


def test_every_column_is_explained_by_its_newest_wording():
    draft = make_draft(make_published(questions=(("wait", "speed"),)).survey, questions=())
    make_question(draft, 1, key="wait", dimension="speed", text="How long was the wait?")
    columns = columns_of(make_published(draft=draft).survey_id, "en", at=NOW)

    told = {name: (title, values) for name, title, values in explained(columns)}

    assert list(told) == columns.names
    assert told["q_wait"] == ("How long was the wait?", "1 Very poor, 2 Poor, 3 Fair, 4 Good, 5 Excellent")


def test_a_reversed_question_says_so():
    draft = make_draft(questions=())
    make_question(draft, 1, key="queue", dimension="speed", is_reversed=True)
    columns = columns_of(make_published(draft=draft).survey_id, "en", at=NOW)

    assert explained(columns)[-1][2].endswith("1 is the best: turned in scores")
