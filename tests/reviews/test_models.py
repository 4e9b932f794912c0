from collections import Counter

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from organisation.enums import Role
from organisation.text import LONGEST_TEXT
from reviews.enums import HiddenReason, ReviewState
from reviews.matching import words_of
from reviews.models import CommentTally, Reply, Review, ReviewTally
from reviews.models.reviews import LONGEST, LONGEST_ORIGINAL, LONGEST_SHOWN
from reviews.models.tallies import BY_SCORE
from tests.factories import make_location, make_member, make_mention, make_review
from tests.factories.surveys import NOW
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_everybody_sees_what_was_said_in_their_places():
    here, elsewhere = make_location(), make_location()
    review = make_review(location=here)
    members = [make_member(Role.MANAGER, locations=[place]) for place in (here, elsewhere)]

    assert [list(Review.objects.visible_to(member)) for member in members] == [[review], []]


@pytest.mark.parametrize(
    "broken",
    [
        {"state": ReviewState.PUBLISHED},
        {"state": ReviewState.HIDDEN},
        {"state": ReviewState.PENDING, "published_on": TODAY},
        {"state": ReviewState.PENDING, "consent_publish": False, "name": ""},
        {"state": ReviewState.PRIVATE, "consent_publish": False, "name": "Ana"},
        {"score": 6},
        {"quality": 0},
        {"author": "Ana", "words": "ana"},
        {"response": None},
        {"hidden_reason": HiddenReason.SPAM},
    ],
    ids=str,
)
def test_the_database_refuses_what_breaks_a_rule(broken):
    review = make_review()

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**broken)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": ReviewState.PENDING, "consent_publish": True},
        {"source": ""},
        {"link": "javascript:alert(1)"},
        {"scale_score": 11, "scale_max": 10},
        {"scale_score": 5},
        {"answered_on": "2026-03-01"},
    ],
    ids=str,
)
def test_the_database_refuses_a_mention_that_breaks_a_rule(broken):
    mention = make_mention()

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=mention.pk).update(**broken)


@pytest.mark.parametrize(
    ("field", "longest"), [("text", LONGEST_SHOWN), ("original", LONGEST_ORIGINAL), *LONGEST.items()]
)
def test_the_database_refuses_a_text_that_is_too_long(field, longest):
    mention = Review.objects.filter(pk=make_mention().pk)
    begun = "https://" if field == "link" else ""
    state = {"hidden_note": {"state": "hidden", "hidden_reason": "spam"}, "name": {}}.get(field)
    if state is not None:
        mention = Review.objects.filter(pk=make_review().pk)
        mention.update(**state)

    mention.update(**{field: begun + "a" * (longest - len(begun))}, words="a")
    with pytest.raises(DatabaseError), transaction.atomic():
        mention.update(**{field: begun + "a" * (longest + 1 - len(begun))}, words="a")


def tally():
    return {name: n for name, n in ReviewTally.objects.values().get().items() if n and name != "location_id"}


def change(review, **fields):
    Review.objects.filter(pk=review.pk).update(**fields)


def test_the_tally_follows_every_change():
    review, other = make_review(ratings="55551"), make_review(ratings="5555-")
    seen = []

    change(review, state=ReviewState.PUBLISHED, published_on=TODAY)
    change(other, state=ReviewState.PUBLISHED, published_on=TODAY)
    seen.append(tally())
    change(review, score=4)
    seen.append(tally())
    change(review, is_held=True)
    seen.append(tally())
    change(
        review, is_held=False, state=ReviewState.HIDDEN, hidden_reason=HiddenReason.SPAM, published_on=None
    )
    seen.append(tally())
    Review.objects.all().delete()
    seen.append(tally())

    assert seen == [
        {"score_1": 1, "unscored": 1},
        {"score_4": 1, "unscored": 1},
        {"unscored": 1},
        {"hidden_spam": 1, "unscored": 1},
        {},
    ]


def groups():
    """By location: how many of its comments have each score."""
    rows = CommentTally.objects.order_by("location").values()
    named = {*BY_SCORE}
    return [{name: n for name, n in row.items() if name in named and n} for row in rows]


def counted_anew():
    rows = (
        Review.objects.filter(state=ReviewState.PRIVATE, survey__isnull=False, is_held=False)
        .exclude(text="")
        .values_list("location", "score")
        .order_by("location")
    )
    found = {location: Counter() for location in CommentTally.objects.values_list("location", flat=True)}
    for location, score in rows:
        found[location][f"score_{score}" if score else "unscored"] += 1
    return [dict(found[location]) for location in sorted(found)]


def test_the_groups_of_comments_follow_every_change():
    version, there = make_survey_with_comment(), make_location()
    one, two, three = hear(version, "one", "two", "three", ratings="11111")
    rows = Review.objects.order_by("pk")
    seen = []
    for change in (
        lambda: rows.filter(pk=one.pk).update(score=None),
        lambda: rows.filter(pk=two.pk).update(location=there),
        lambda: rows.filter(pk=three.pk).update(is_held=True),
        lambda: rows.filter(pk=three.pk).update(usefulness=3, is_held=False, score=5),
        lambda: rows.filter(pk=two.pk).update(text="", words=""),
        lambda: rows.filter(pk=two.pk).update(assigned_to=None),
        lambda: rows.filter(pk__in=[one.pk, two.pk]).update(text="again", words="again"),
        lambda: rows.update(score=2),
        one.response.delete,
        rows.delete,
    ):
        change()
        assert groups() == counted_anew()
        seen.append(groups())

    assert seen == [
        [{"score_1": 2, "unscored": 1}],
        [{"score_1": 1, "unscored": 1}, {"score_1": 1}],
        [{"unscored": 1}, {"score_1": 1}],
        [{"unscored": 1, "score_5": 1}, {"score_1": 1}],
        [{"unscored": 1, "score_5": 1}, {}],
        [{"unscored": 1, "score_5": 1}, {}],
        [{"unscored": 1, "score_5": 1}, {"score_1": 1}],
        [{"score_2": 2}, {"score_2": 1}],
        [{"score_2": 1}, {"score_2": 1}],
        [{}, {}],
    ]


def test_what_is_public_or_from_elsewhere_is_in_no_group_of_comments():
    review = make_review("for everybody")
    make_mention("elsewhere")

    assert groups() == []

    Review.objects.filter(pk=review.pk).update(state=ReviewState.PRIVATE, consent_publish=False, name="")

    assert groups() == [{"score_5": 1}]


def test_the_database_refuses_a_reply_that_is_too_long():
    review, member = make_review(), make_member()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(review=review, text="y" * (LONGEST_TEXT + 1), written_at=NOW, written_by=member)


@pytest.mark.parametrize("values", [{"text": "other"}, {"author": "Bo"}], ids=str)
def test_no_update_leaves_the_words_of_a_text_behind(values):
    make_mention("first", author="Ana")

    with pytest.raises(ValueError, match="words"):
        Review.objects.update(**values)

    assert Review.objects.update(**values, words=words_of("other", "Bo")) == 1
