from datetime import date

import pytest

from reports.why import words
from reports.why.words import WordsOf, WordsResult, names_of, telling_words
from reviews.enums import ReviewState
from reviews.models import Review
from surveys.enums import Mode
from tests.factories import make_location, make_member
from tests.factories.reviews import make_review, make_review_form
from tests.reports.answers import administrator, asked
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db
MINIMUM = 8


def said(version, *, low, high, many=20, **fields):
    hear(version, *[low] * many, ratings="33331", **fields)
    hear(version, *[high] * many, ratings="33335", **fields)


def found(query="period=all", member=None):
    return telling_words(asked(query, member), member or administrator(), MINIMUM)


def names(rows):
    return {one.word for one in rows}


def test_words_of_low_and_of_high_scores_are_told_apart():
    said(make_survey_with_comment(is_anonymous=False), low="the slow queue", high="the kind staff")

    result = found()

    assert (result.low, result.high) == (20, 20)
    assert names(result.low_words) == {"slow", "queue"}
    assert names(result.high_words) == {"kind", "staff"}


def test_a_word_of_too_few_comments_is_not_told():
    version = make_survey_with_comment(is_anonymous=False)
    said(version, low="slow", high="kind", many=30)
    hear(version, *["slow leaking roof"] * (MINIMUM - 1), ratings="33331")

    assert names(found().low_words) == {"slow"}


@pytest.mark.parametrize("many", [1, MINIMUM - 1])
def test_nothing_is_told_of_too_few_comments(many):
    said(make_survey_with_comment(is_anonymous=False), low="slow queue", high="kind staff", many=many)

    result = found()

    assert (result.is_enough, result.low_words, result.high_words) == (False, (), ())


def test_anonymous_comments_count_only_where_their_score_may_be_told():
    version = make_survey_with_comment(is_anonymous=True)
    said(version, low="slow queue", high="kind staff", location=make_location(code="large"))
    said(version, low="slow queue", high="kind staff", many=4, location=make_location(code="small"))

    result = found()

    assert (result.low, result.high) == (20, 20)
    assert names(result.low_words) == {"slow", "queue"}


def test_names_addresses_and_numbers_are_no_words():
    make_member(name="Magda Nowak")
    version = make_survey_with_comment(is_anonymous=False)
    said(version, low="magda is slow, 40 minutes2 e magda@shop.example", high="kind", many=30)

    assert names(found().low_words) == {"is", "slow"}


def test_names_that_customers_left_are_no_words():
    assert names_of(["Ana María"], ["Děda"]) == {"ana", "maria", "deda"}


def test_a_reader_is_told_only_of_places_of_their_own():
    version, mine = make_survey_with_comment(is_anonymous=False), make_location(code="mine")
    said(version, low="slow", high="kind", location=make_location(code="other"))
    said(version, low="cold", high="warm", location=mine)

    result = found(member=make_member(locations=[mine]))

    assert (names(result.low_words), names(result.high_words)) == ({"cold"}, {"warm"})


@pytest.mark.parametrize(
    ("query", "n"), [("location=here", 10), ("mode=kiosk", 12), ("from=2026-03-05&to=2026-03-06", 0)]
)
def test_filters_choose_the_comments(query, n):
    version = make_survey_with_comment(is_anonymous=False)
    said(version, low="slow", high="kind", many=10, location=make_location(code="here"))
    said(version, low="slow", high="kind", many=12, mode=Mode.KIOSK)

    assert found(f"from=2026-03-01&to=2026-03-31&{query}" if "from" not in query else query).low == n


def test_only_the_newest_are_read(monkeypatch):
    monkeypatch.setattr(words, "MOST_OF_A_SCORE", 9)
    said(make_survey_with_comment(is_anonymous=False), low="slow", high="kind")

    result = found()

    assert (result.low, result.is_cut) == (9, True)


def test_to_strangers_words_of_published_comments_are_told_or_none():
    version, member = make_review_form(), administrator()
    for text, ratings in (("slow queue", "33331"), ("kind staff", "33335")):
        for _time in range(20):
            make_review(text, ratings, version=version)
    one = asked("period=all")
    assert not telling_words(one, member, MINIMUM, of=WordsOf.PUBLISHED).is_enough
    Review.objects.update(state=ReviewState.PUBLISHED, published_on=date(2026, 3, 2))
    hear(version, *["secret plan"] * 20, ratings="33331")

    public = telling_words(one, member, MINIMUM, of=WordsOf.PUBLISHED)
    none = telling_words(one, member, MINIMUM, of=WordsOf.NONE)

    assert (public.low, names(public.low_words)) == (20, {"slow", "queue"})
    assert none == WordsResult(0, 0, MINIMUM, is_left_out=True)
