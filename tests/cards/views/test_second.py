"""The second keying: whose it is, and that nothing of the first is in anything that is served."""

import json

import pytest
from django.urls import reverse

from cards.enums import CardState
from cards.models import Card, Keying
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import make_batch, make_card

pytestmark = pytest.mark.django_db
SECRET = "a word that only the first keyer has read"


@pytest.fixture
def batch():
    """Two cards that wait for a second keying, full of what nobody else may see."""
    batch = make_batch(make_mixed().survey, share=100, by=make_clerk(name="Klara"))
    for ratings in ("41", "3?"):
        make_card(batch, ratings, texts={"way": ["bus"], "ways": ["?"], "words": [SECRET]})
    return batch


@pytest.fixture
def second(client):
    member = make_clerk(name="Olga")
    client.force_login(member)
    return member


def send(client, batch, member, *cards):
    body = json.dumps({"member": member.pk, "cards": list(cards)})
    return client.post(reverse("cards:file_second", args=[batch.pk]), body, content_type="application/json")


def given(quality="4", speed="1"):
    return {"quality": [quality], "speed": [speed], "way": ["bus"], "ways": ["?"], "words": []}


def test_the_page_says_which_cards_wait_and_nothing_of_them(client, batch, second):
    page = client.get(reverse("cards:second", args=[batch.pk]))

    screen = page.context["screen"]
    assert [set(card) for card in screen["cards"]] == [{"id", "number", "code", "version", "by", "when"}] * 2
    assert [(card["number"], card["by"]) for card in screen["cards"]] == [(1, "Klara"), (2, "Klara")]
    assert SECRET not in page.text


def test_whoever_keyed_a_card_first_is_not_asked_again(client, batch):
    client.force_login(batch.opened_by)

    assert client.get(reverse("cards:second", args=[batch.pk])).context["screen"]["cards"] == []


def test_the_reply_does_not_tell_whether_the_two_agree(client, batch, second):
    agreeing, differing = Card.objects.order_by("number")

    said = send(
        client,
        batch,
        second,
        {"id": str(agreeing.pk), "given": given()},
        {"id": str(differing.pk), "given": given()},
    ).json()

    one, other = (card | {"id": "", "number": 0} for card in said["cards"])
    assert one == other
    assert said["tally"] == {"counted": 10, "awaiting": 0}
    assert set(Card.objects.order_by("number").values_list("state", flat=True)) == {
        CardState.SETTLED,
        CardState.DIFFERING,
    }


def test_sending_it_again_changes_nothing(client, batch, second):
    card = Card.objects.order_by("number").first()
    body = {"id": str(card.pk), "given": given()}

    first, again = (send(client, batch, second, body).json() for _ in range(2))

    assert first == again
    assert Keying.objects.filter(card=card).count() == 2


def test_one_s_own_card_is_refused(client, batch):
    client.force_login(batch.opened_by)
    card = Card.objects.first()

    said = send(client, batch, batch.opened_by, {"id": str(card.pk), "given": given()}).json()

    assert said["cards"][0]["state"] == "refused"


def test_a_card_that_somebody_else_was_quicker_with_is_refused(client, batch, second):
    card = Card.objects.first()
    body = {"id": str(card.pk), "given": given()}
    send(client, batch, second, body)
    third = make_clerk()
    client.force_login(third)

    assert (
        send(client, batch, third, body).json()["cards"][0]["reason"]
        == "This card no longer waits for a second keying."
    )


def test_a_card_of_another_batch_is_refused(client, batch, second):
    other = make_batch(batch.survey)
    card = Card.objects.first()

    assert (
        send(client, other, second, {"id": str(card.pk), "given": given()}).json()["cards"][0]["state"]
        == "refused"
    )
