from datetime import UTC, datetime

import pytest

from reviews.actions.erasing import erase_review
from reviews.actions.moderation import redact_review
from reviews.enums import ErasureReason, RedactionKind
from reviews.models import Review
from reviews.queries.marks import comments_mark
from reviews.redacting import Phrase
from tests.factories import make_member
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def survey():
    version = make_survey_with_comment()
    hear(version, "Ask for Magda", "slow queue")
    return version.survey_id


def moves(survey, change):
    before = comments_mark(survey)
    change()
    return comments_mark(survey) != before


def review():
    return Review.objects.get(text="Ask for Magda")


def test_it_stands_while_nothing_is_said(survey):
    assert not moves(survey, lambda: hear(make_survey_with_comment(), "elsewhere"))


def test_it_moves_with_a_new_comment(survey):
    version = Review.objects.filter(survey=survey).first().response.version

    assert moves(survey, lambda: hear(version, "kind staff"))


def test_it_moves_when_something_is_taken_out(survey):
    phrases = [Phrase(RedactionKind.NAME, "Magda")]

    assert moves(survey, lambda: redact_review(review=review(), phrases=phrases, by=make_member(), now=NOW))


def test_it_moves_when_words_are_erased(survey):
    erase = {"reason": ErasureReason.CUSTOMER, "by": make_member(), "now": NOW}

    assert moves(survey, lambda: erase_review(review=review(), **erase))


def test_it_moves_when_a_comment_is_held(survey):
    assert moves(survey, lambda: Review.objects.filter(pk=review().pk).update(is_held=True))
