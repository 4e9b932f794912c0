import pytest

from organisation.enums import Role
from reviews.actions.handling import care_for_review, handle_reviews
from reviews.actions.labels import ensure_label
from reviews.actions.moderation import hide_review, redact_review
from reviews.actions.replies import reply_to_review
from reviews.enums import HiddenReason, RedactionKind
from reviews.models import Review
from reviews.redacting import Phrase
from reviews.seen import ChangedMeanwhile, Sight, mark_of, refuse_changed
from tests.factories import make_member, make_review
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


def hide(review, by):
    hide_review(review=review, reason=HiddenReason.SPAM, by=by, now=NOW)


def redact(review, by):
    redact_review(review=review, phrases=[Phrase(RedactionKind.NAME, "Ana")], by=by, now=NOW)


def reply(review, by):
    reply_to_review(review=review, text="Thank you", is_public=True, by=by, now=NOW)


def label(review, by):
    labels = [ensure_label(name="Queue", by=by, now=NOW)]
    care_for_review(review=review, to=None, labels=labels, by=by, now=NOW)


def assign(review, by):
    care_for_review(review=review, to=by, labels=[], by=by, now=NOW)


def handle(review, by):
    handle_reviews(reviews=Review.objects.all(), is_handled=True, by=by, now=NOW)


@pytest.mark.parametrize(
    ("deed", "moved"),
    [
        (hide, {Sight.PUBLICATION}),
        (redact, {Sight.WORDS, Sight.PUBLICATION, Sight.REPLY}),
        (reply, {Sight.REPLY}),
        (label, {Sight.CARE}),
        (assign, {Sight.CARE}),
        (handle, {Sight.HANDLED}),
    ],
)
def test_a_deed_moves_the_marks_of_those_that_rest_on_it(deed, moved):
    review = make_review("Ana is kind")
    before = {sight: mark_of(review, sight) for sight in Sight}

    deed(review, make_member(Role.EDITOR))

    review.refresh_from_db()
    assert {sight for sight in Sight if mark_of(review, sight) != before[sight]} == moved


def test_what_is_as_it_was_seen_is_not_refused():
    review = make_review()

    for seen in (None, mark_of(review, Sight.CARE)):
        refuse_changed(review, Sight.CARE, seen)
    with pytest.raises(ChangedMeanwhile):
        refuse_changed(review, Sight.CARE, "")
