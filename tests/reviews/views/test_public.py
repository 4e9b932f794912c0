import json

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.enums import HiddenReason, ReviewState
from reviews.models import Reply, Review
from tests.factories import (
    make_location,
    make_member,
    make_note,
    make_review,
    make_review_form,
    make_review_place,
)
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
NASTY = "</script><script>alert(1)</script> \u202egnp.exe zero\u200bwidth"


@pytest.fixture
def place():
    return make_location(code="mill")


def url(**query):
    return reverse("at:location", args=["mill"], query=query)


def make_public(place, **fields):
    review = make_review(location=place, **fields)
    Review.objects.filter(pk=review.pk).update(state=ReviewState.PUBLISHED, published_on=NOW.date())
    return review


def test_page_counts_what_is_published_and_says_what_is_hidden(client, place):
    form = make_review_form()
    for ratings in ("55555", "55551"):
        make_public(place, ratings=ratings, version=form)
    hidden = make_review("SPAM TEXT", location=place, version=form)
    Review.objects.filter(pk=hidden.pk).update(state=ReviewState.HIDDEN, hidden_reason=HiddenReason.SPAM)
    make_review("WAITS", location=place, version=form)

    answer = client.get(url())

    page = answer.content.decode()
    assert "<b>3.0</b>" in page
    assert "1 review is hidden" in page
    assert ("SPAM TEXT" in page, "WAITS" in page) == (False, False)
    assert f"/s/{form.survey.slug}/?at=mill" in page
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "noindex" not in page


def test_texts_break_out_of_nothing(client, place):
    make_public(place, text=NASTY, name="<b>Ana</b>")

    page = client.get(url()).content.decode()

    assert "<script>alert" not in page
    assert "<b>Ana" not in page
    data = page.split('ld+json">')[1].split("</script>")[0]
    assert json.loads(data)["review"][0]["reviewBody"] == NASTY


def test_pages_go_on_by_key_in_either_order(client, place):
    form = make_review_form()
    for _each in range(23):
        make_public(place, version=form)

    for sort in ({}, {"sort": "useful"}):
        first = client.get(url(**sort)).content.decode()
        rest = first.split('href="')
        next_url = next(part.split('"')[0] for part in rest if 'rel="next"' in part.split(">")[0])
        second = client.get(next_url.replace("&amp;", "&")).content.decode()
        seen = [one.split('"')[0] for page in (first, second) for one in page.split('<li id="r-')[1:]]
        assert (len(seen), len(set(seen))) == (23, 23)


def test_unknown_and_archived_places_are_not_found(client, place):
    place.archived_at = timezone.now()
    place.save()

    answers = [client.get(url()), client.get("/at/nowhere/")]

    assert [one.status_code for one in answers] == [404, 404]
    assert "There is no such place" in answers[0].content.decode()


def test_unchanged_page_is_not_sent_twice(client, place):
    tag = client.get(url()).headers["ETag"]

    assert client.get(url(), headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    "query", [{"after": "x"}, {"sort": "useful", "after": "9.x"}, {"sort": "\0"}, {"lang": "x"}]
)
def test_any_address_is_answered(client, place, query):
    assert client.get(url(**query)).status_code == 200


def test_replies_notes_and_places_are_shown(client, place):
    review = make_public(place)
    by = {"written_at": NOW, "written_by": make_member()}
    Reply.objects.create(review=review, text="OUR ANSWER", **by)
    make_note(said="QUEUES", location=place)
    make_note(said="ELSEWHERE", location=make_location())
    make_review_place(name="STARS")

    page = client.get(url()).content.decode()

    assert [word in page for word in ("OUR ANSWER", "QUEUES", "ELSEWHERE", "STARS")] == [
        True,
        True,
        False,
        True,
    ]


def test_page_costs_the_same_for_many(client, place, django_assert_max_num_queries):
    form = make_review_form()
    for _each in range(5):
        make_public(place, version=form)

    with django_assert_max_num_queries(9):
        client.get(url())


def test_a_long_text_is_cut_with_the_rest_a_tap_away(client, place):
    make_public(place, text="Kind people. " * 100 + "parrot")
    make_public(place, text="Short", version=make_review_form())

    page = client.get(url()).content.decode()

    assert page.count("<details") == 1
    assert "parrot" in page.partition("<details")[2].partition("</details>")[0]


@pytest.mark.parametrize(
    ("ratings", "said", "unsaid"),
    [
        (None, "There are no reviews to read yet.", "0 reviews"),
        ("-----.", "There are no ratings yet.", "no reviews to read"),
        ("55555.", "1 review", "yet."),
    ],
)
def test_page_says_once_what_is_not_there_yet(client, place, ratings, said, unsaid):
    if ratings:
        make_public(place, ratings=ratings)

    page = client.get(url()).content.decode()

    assert (page.count(said) >= 1, page.count("no reviews to read") <= 1, unsaid in page) == (
        True,
        True,
        False,
    )
