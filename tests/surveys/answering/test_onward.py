import re

import pytest
from django.urls import reverse

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
