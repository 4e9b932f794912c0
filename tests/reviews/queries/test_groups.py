from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Organisation
from reviews.enums import ReviewState
from reviews.models import Review
from reviews.queries.groups import in_large_groups, may_be_told, with_low, with_score
from tests.factories import make_location, make_review
from tests.reviews.heard import hear, make_survey_with_comment


@pytest.fixture
def minimum(db):
    Organisation.objects.update_or_create(pk=1, defaults={"minimum_comments": 3})
    return 3


def read(rows):
    return sorted(rows.values_list("text", flat=True))


@pytest.mark.usefixtures("minimum")
def test_comments_of_an_anonymous_survey_show_from_the_minimum_on():
    version = make_survey_with_comment()
    hear(version, "one", "two")
    before = read(in_large_groups(Review.objects.all()))

    hear(version, "three")

    assert (before, read(in_large_groups(Review.objects.all()))) == ([], ["one", "three", "two"])


@pytest.mark.usefixtures("minimum")
def test_a_group_is_of_one_survey_at_one_location():
    here, there = make_survey_with_comment(), make_survey_with_comment()
    hear(here, "one", "two")
    hear(here, "elsewhere", location=make_location())
    hear(there, "other")

    assert read(in_large_groups(Review.objects.all())) == []


@pytest.mark.usefixtures("minimum")
def test_what_is_held_makes_no_group_larger():
    version = make_survey_with_comment()
    hear(version, "one", "two")
    hear(version, "robot", "robots", is_held=True)

    assert read(in_large_groups(Review.objects.filter(is_held=False))) == []


@pytest.mark.usefixtures("minimum")
def test_whoever_is_named_or_agreed_to_publication_needs_no_group():
    hear(make_survey_with_comment(is_anonymous=False), "known")
    make_review("for everybody")

    assert read(in_large_groups(Review.objects.all())) == ["for everybody", "known"]


@pytest.mark.usefixtures("minimum")
def test_a_review_that_is_not_for_the_public_is_a_comment_like_any():
    review = make_review("between us", publish=False, name="")

    assert review.state == ReviewState.PRIVATE
    assert read(in_large_groups(Review.objects.all())) == []


@pytest.mark.usefixtures("minimum")
def test_a_score_lists_anonymous_comments_only_where_enough_have_it():
    version = make_survey_with_comment()
    hear(version, "a", "b", "c", ratings="55555")
    hear(version, "d", "e", "f", ratings="33333")
    hear(version, "g", ratings="11111")

    rows = in_large_groups(Review.objects.all())

    # The one with 1 is hidden behind three with 3, or what is missing from all lists together would be it.
    assert [read(with_score(rows, score)) for score in (5, 3, 1, None)] in (
        [["a", "b", "c"], [], [], []],
        [[], ["d", "e", "f"], [], []],
    )


@pytest.mark.usefixtures("minimum")
def test_two_filters_against_each_other_single_nobody_out():
    """Whoever has one list minus the others has nobody, or as many as the minimum."""
    version = make_survey_with_comment()
    for ratings, texts in {"5": "abcd", "4": "ef", "3": "ghi", "2": "j", "1": "kl"}.items():
        hear(version, *texts, ratings=ratings * 5)
    rows = in_large_groups(Review.objects.all())

    everybody = set(read(rows))
    listed = [set(read(with_score(rows, score))) for score in (1, 2, 3, 4, 5, None)]

    assert all(len(one) >= 3 for one in listed if one)
    rest = everybody.difference(*listed)
    assert not rest or len(rest) >= 3
    assert all(not one & other for one, other in product(listed, listed) if one is not other)


@pytest.mark.usefixtures("minimum")
def test_low_ratings_list_no_anonymous_comment():
    hear(make_survey_with_comment(), "a", "b", "c", "d", ratings="11111")
    hear(make_survey_with_comment(is_anonymous=False), "known", ratings="51555")

    rows = in_large_groups(Review.objects.all())

    assert [read(with_low(rows, name)) for name in ("speed", "quality")] == [["known"], []]


@given(st.tuples(*[st.integers(0, 20)] * 6), st.integers(3, 10))
def test_what_is_told_and_what_is_left_are_never_a_few(scores, minimum):
    told = [at for at in range(6) if may_be_told(scores, at, minimum)]

    left = sum(scores) - sum(scores[at] for at in told)
    assert all(scores[at] >= minimum for at in told)
    assert not told or left == 0 or left >= minimum
