"""A card's history, and its correction by who oversees."""

import uuid

import pytest
from django.urls import reverse

from cards.models import Card, Keying
from organisation.enums import Role
from scoring.actions import score_pending
from surveys.models import Response
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import make_batch, make_card, make_location, make_member
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    batch = make_batch(make_mixed().survey, by=make_clerk(name="Klara"))
    return make_card(batch, "4?", texts={"way": ["bus"], "ways": ["bus", "car"], "words": ["Fine."]})


@pytest.fixture
def manager(client):
    member = make_member(Role.MANAGER, all_locations=True, name="Mia")
    client.force_login(member)
    return member


def address(card):
    return reverse("cards:correct", args=[card.pk])


def test_every_keying_is_shown_with_its_keyer(client, card, manager):
    history = client.get(address(card)).context["history"]

    assert [(str(line.keying.by), line.signs) for line in history] == [("Klara", "4?")]
    assert history[0].texts == ["3: By bus", "4: By bus, By car", "5: Fine."]


def test_what_is_sent_back_unchanged_changes_nothing_that_counts(client, card, manager):
    before = Response.objects.values("ratings", "answers").get()
    form = client.get(address(card)).context["form"]

    client.post(address(card), {name: field.initial for name, field in form.fields.items()})

    assert Response.objects.values("ratings", "answers").get() == before


def test_a_correction_moves_response_and_cells(client, card, manager):
    score_pending(now=NOW)

    answer = client.post(
        address(card), {"quality": "5", "speed": "x", "way": "-", "ways": ["car"], "words": ""}
    )

    response = Response.objects.get()
    assert (answer.status_code, response.ratings, response.answers) == (302, "5x...", {"ways": ["car"]})
    assert Keying.objects.order_by("revision").last().by == manager
    assert_cells_are_right()


@pytest.mark.parametrize("change", [{"quality": "6"}, {"quality": ""}, {"words": "\0"}, {"ways": ["plane"]}])
def test_a_correction_that_is_none_is_refused(client, card, manager, change):
    answer = client.post(address(card), {"quality": "5", "speed": "1", "way": "bus", **change})

    assert (answer.status_code, Keying.objects.count()) == (422, 1)


def test_a_card_that_is_not_in_the_scores_has_no_form(client, manager):
    batch = make_batch(make_mixed().survey)
    rejected = make_card(batch, rejection="torn")
    Card.objects.filter(pk=rejected.pk).update(comment_later=False)

    page = client.get(address(rejected))

    assert (page.status_code, page.context["form"], page.context["history"]) == (200, None, [])


def test_a_card_of_elsewhere_is_not_there(client, card):
    client.force_login(make_member(Role.MANAGER, locations=[make_location()]))

    assert client.get(address(card)).status_code == 404
    assert client.get(reverse("cards:correct", args=[uuid.uuid4()])).status_code == 404


def test_a_clerk_corrects_nothing(client, card):
    client.force_login(card.first_by)

    assert client.get(address(card)).status_code == 403
