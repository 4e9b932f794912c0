from datetime import date
from decimal import Decimal

import pytest

from organisation.enums import Role
from organisation.models import AuditEntry, Location, Touchpoint
from reviews.actions.mentions import (
    AnsweredTooEarly,
    MentionKnown,
    add_mention,
    answer_mention,
    store_mentions,
)
from reviews.enums import ReviewKind
from reviews.mentions.entries import Mention
from reviews.mentions.scores import Score
from reviews.models import Review
from tests.factories import make_member, make_mention
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def by():
    return make_member(Role.EDITOR)


def said(**fields):
    defaults = {
        "location_id": Location.objects.get(is_default=True).pk,
        "touchpoint_id": Touchpoint.objects.get(is_default=True).pk,
        "said_on": DAY,
        "source": "letter",
        "text": "Good bread",
    }
    return Mention(**{**defaults, **fields})


def test_a_mention_keeps_its_score_on_its_own_scale(by):
    review = add_mention(mention=said(score=Score(Decimal("7.5"), 10)), by=by, now=NOW)

    review.refresh_from_db()
    assert (review.kind, review.score, review.scale_score, review.scale_max) == (
        *(ReviewKind.MENTION, None, Decimal("7.5"), 10),
    )
    assert AuditEntry.objects.get().action == "added"


@pytest.mark.parametrize("fields", [{}, {"link": "https://stars.example/1", "author": "Ana"}])
def test_the_same_mention_is_kept_once(by, fields):
    first = add_mention(mention=said(**fields), by=by, now=NOW)

    with pytest.raises(MentionKnown) as known:
        add_mention(mention=said(**fields), by=by, now=NOW)

    assert known.value.review == first


def test_mentions_with_one_link_are_known_by_their_authors(by):
    link = "https://stars.example/shop"
    mentions = [said(link=link, author=author) for author in ("Ana", "Bob")]

    assert store_mentions(mentions) == 2
    assert store_mentions([*mentions, said(link=link, author="Ana", text="Better bread")]) == 0


def test_mentions_without_a_link_are_known_by_all_they_say():
    mentions = [said(), said(text="Bad bread"), said(said_on=date(2026, 3, 1)), said(author="Ana")]

    assert (store_mentions(mentions), store_mentions(mentions)) == (4, 0)


def test_when_it_was_answered_is_noted_and_taken_back(by):
    review = make_mention(said_on=DAY)

    answer_mention(review=review, answered_on=date(2026, 3, 5), by=by, now=NOW)
    answered = Review.objects.get().answered_on
    answer_mention(review=review, answered_on=None, by=by, now=NOW)

    assert (answered, Review.objects.get().answered_on) == (date(2026, 3, 5), None)


def test_nothing_is_answered_before_it_is_said(by):
    with pytest.raises(AnsweredTooEarly):
        answer_mention(review=make_mention(said_on=DAY), answered_on=date(2026, 3, 1), by=by, now=NOW)
