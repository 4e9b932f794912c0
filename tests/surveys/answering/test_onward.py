import re

import pytest
from django.urls import reverse

from surveys.answering.onward import _remembered as remembered
from surveys.answering.onward import onward
from surveys.models import Response
from tests.factories import make_location, make_published, make_review_place

pytestmark = pytest.mark.django_db


def thanks_after(client, survey, rating, place):
    url = reverse("answering:answer", args=[survey.slug])
    page = client.get(url, {"at": place.code}).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    answer = client.post(url, {"token": token, **dict.fromkeys(("quality", "overall"), str(rating))})
    assert answer.status_code == 303
    return re.sub(r"[A-Z2-7]{4}-[A-Z2-7]{4}", "", client.get(answer.url).content.decode())


def test_the_links_are_the_same_after_every_score(client):
    survey, place = make_published().survey, make_location()
    make_review_place(name="Stars", location=place)
    make_review_place(name="Elsewhere", location=make_location())

    pages = [thanks_after(client, survey, rating, place) for rating in range(1, 6)]

    assert (len(set(pages)), Response.objects.count()) == (1, 5)
    assert ("Stars" in pages[0], "Elsewhere" in pages[0]) == (True, False)


def test_without_places_the_page_has_no_links(client):
    page = thanks_after(client, make_published().survey, 5, make_location())

    assert 'id="onward"' not in page


def test_the_links_are_read_once_a_second(monkeypatch, django_assert_num_queries):
    place = make_location()
    make_review_place(name="Before", location=place)
    assert "Before" in onward(place.pk, "en")
    make_review_place(name="After", location=place)

    with django_assert_num_queries(0):
        assert "After" not in onward(place.pk, "en")

    monkeypatch.setattr("surveys.answering.onward.REMEMBERED", 0)
    assert "After" in onward(place.pk, "en")


def test_no_more_links_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr("surveys.answering.onward.MOST_REMEMBERED", 2)
    for _ in range(3):
        onward(make_location().pk, "en")

    assert len(remembered) == 1
