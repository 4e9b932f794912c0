import pytest

from organisation.enums import Role
from organisation.models import AuditEntry
from reviews.actions.hearing import hear_all_pending
from reviews.actions.moderation import (
    NotForPublication,
    NothingToRedact,
    hide_review,
    publish_reviews,
    redact_review,
)
from reviews.enums import HiddenReason, RedactionKind
from reviews.models import Redaction, Review, ReviewTally
from reviews.redacting import MARK, Phrase
from scoring.actions import delete_responses
from surveys.models import Response
from tests.factories import make_location, make_member, make_review, make_review_form
from tests.factories.surveys import NOW
from tests.scoring.concurrency import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return {"by": make_member(Role.EDITOR), "now": NOW}


def told():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_publishing_publishes_what_customers_agreed_to(by):
    review, _private = make_review(), make_review(publish=False)

    count = publish_reviews(reviews=Review.objects.all(), today=NOW.date(), **by)

    assert (count, list(Review.objects.published()), told()) == (1, [review], ["published"])


def test_hiding_takes_a_review_off_the_page_and_says_why(by):
    review = make_review()
    publish_reviews(reviews=Review.objects.all(), today=NOW.date(), **by)

    hide_review(review=review, reason=HiddenReason.SPAM, note="An advert", **by)

    review.refresh_from_db()
    assert (review.state, review.hidden_reason, review.published_on) == ("hidden", "spam", None)


def test_what_is_private_cannot_be_hidden(by):
    with pytest.raises(NotForPublication):
        hide_review(review=make_review(publish=False), reason=HiddenReason.SPAM, **by)


def test_redacting_keeps_the_original_and_leaves_a_trace_without_the_words(by):
    review = make_review("Ana, 555-1234, is kind", name="Ana")

    redact_review(review=review, phrases=[Phrase(RedactionKind.NAME, "Ana")], **by)

    review.refresh_from_db()
    trace = Redaction.objects.get()
    assert (review.text, review.name) == (f"{MARK}, 555-1234, is kind", "")
    assert review.original == "Ana, 555-1234, is kind"
    assert (trace.kind, trace.characters) == (RedactionKind.NAME, 3)
    assert "Ana" not in str(AuditEntry.objects.values())


def test_redacting_what_is_not_there_is_refused(by):
    with pytest.raises(NothingToRedact):
        redact_review(review=make_review(), phrases=[Phrase(RedactionKind.NAME, "Zoe")], **by)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_many_are_published_at_once_while_they_are_swept(round_):
    by, version, places = make_member("editor"), make_review_form(), (make_location(), make_location())
    lists = [[make_review(version=version, location=place).pk for place in places * 6] for _twice in range(2)]

    def publish(keys):
        rows = Review.objects.filter(pk__in=keys)
        return publish_reviews(reviews=rows, by=by, now=NOW, today=NOW.date())

    def sweep():
        Response.objects.update(is_heard=False)
        hear_all_pending(clock=lambda: NOW)

    at_once(lambda: publish(lists[0]), lambda: publish(lists[1]), sweep)

    assert Review.objects.published().count() == 24
    assert sum(ReviewTally.objects.values_list("score_5", flat=True)) == 24


@pytest.mark.django_db(transaction=True)
def test_what_is_erased_while_it_is_swept_and_published_is_gone():
    by, version = make_member("editor"), make_review_form()
    keys = [make_review(version=version).response_id for _each in range(10)]
    mine = Response.objects.filter(pk__in=keys)
    mine.update(is_heard=False)

    at_once(
        lambda: hear_all_pending(clock=lambda: NOW),
        lambda: delete_responses(responses=mine, subject=version.survey, by=by, now=NOW),
        lambda: publish_reviews(reviews=Review.objects.all(), by=by, now=NOW, today=NOW.date()),
    )

    assert (Review.objects.count(), sum(ReviewTally.objects.values_list("score_5", flat=True))) == (0, 0)
