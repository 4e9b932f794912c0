from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from reviews.actions.erasing import erase_review
from reviews.actions.moderation import redact_review
from reviews.actions.moves import FEW, add_up_moves
from reviews.enums import ErasureReason, HiddenReason, RedactionKind, ReviewState
from reviews.models import CommentMove, Review
from reviews.queries.marks import comments_mark
from reviews.redacting import Phrase
from surveys.models import Response
from tests.factories import make_location, make_member, make_published, make_touchpoint
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
PUBLISHED = {"state": ReviewState.PUBLISHED, "published_on": NOW.date()}
HIDDEN = {
    "state": ReviewState.HIDDEN,
    "published_on": None,
    "hidden_reason": HiddenReason.SPAM,
}


@pytest.fixture
def survey():
    version = make_survey_with_comment()
    hear(version, "Ask for Magda", "slow queue")
    return version.survey_id


def moves(survey, change):
    before = comments_mark([survey])
    change()
    return comments_mark([survey]) != before


def review():
    return Review.objects.get(text="Ask for Magda")


def updated(**values):
    return lambda: Review.objects.filter(pk=review().pk).update(**values)


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


def test_it_moves_when_a_response_goes(survey):
    assert moves(survey, lambda: Response.objects.filter(pk=review().response_id).delete())


@pytest.mark.parametrize(
    "values",
    [
        {"is_held": True},
        {"text": "Ask for her", "words": "ask for her"},
        {"name": "Ana", "consent_publish": True, "kind": "review"},
        {"score": 1},
        {"score": None},
        {"quality": 1},
        {"said_on": NOW.date() - timedelta(days=400)},
    ],
    ids=str,
)
def test_it_moves_with_all_that_a_reader_could_tell(survey, values):
    assert moves(survey, updated(**values))


def test_it_moves_when_a_comment_is_of_another_place(survey):
    assert moves(survey, updated(location=make_location()))
    assert moves(survey, updated(touchpoint=make_touchpoint()))


def test_it_moves_for_both_surveys_when_a_comment_is_of_another(survey):
    other = make_published().survey_id
    before = comments_mark([survey]), comments_mark([other])

    updated(survey=other)()

    assert [comments_mark([survey]) != before[0], comments_mark([other]) != before[1]] == [True, True]


def test_it_moves_when_a_review_is_published_and_when_it_is_hidden(survey):
    updated(kind="review", consent_publish=True, state=ReviewState.PENDING)()

    assert [moves(survey, updated(**values)) for values in (PUBLISHED, HIDDEN)] == [True, True]


def test_it_stands_when_a_comment_is_handled(survey):
    assert not moves(survey, updated(handled_at=NOW, handled_by=make_member()))


def test_it_stands_where_nothing_came_of_a_change(survey):
    def undone():
        with transaction.atomic():
            updated(score=1)()
            transaction.set_rollback(True)

    assert not moves(survey, undone)


def test_it_stands_while_moves_are_added_up_and_goes_on_from_there(survey):
    other = make_published().survey_id
    CommentMove.objects.bulk_create(CommentMove(survey_id=one) for one in [survey, other] * FEW)

    assert not moves(survey, add_up_moves)
    assert not moves(other, add_up_moves)
    assert CommentMove.objects.count() == 2
    assert moves(survey, updated(score=1))


def test_a_few_moves_are_left_as_they_are(survey):
    before = CommentMove.objects.count()

    assert (add_up_moves(), CommentMove.objects.count()) == (0, before)
