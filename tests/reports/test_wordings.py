import pytest

from reports.wordings import wordings_of
from surveys.enums import Dimension, Kind
from tests.factories import make_draft, make_published, make_question

pytestmark = pytest.mark.django_db


def test_wordings_are_the_rated_questions_latest_version_first():
    draft = make_draft(questions=(("wait", Dimension.SPEED),))
    make_question(draft, 2, key="comment", kind=Kind.TEXT)
    first = make_published(draft=draft)
    second = make_published(first.survey, (("care", Dimension.QUALITY), ("wait", Dimension.SPEED)))

    found = wordings_of([first.pk, second.pk])

    assert [(wording.number, wording.key) for wording in found] == [(2, "care"), (2, "wait"), (1, "wait")]
