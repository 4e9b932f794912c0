"""Settling differences against the paper, and comments that were left for later."""

import pytest
from django.urls import reverse

from cards.actions.settling import key_again
from cards.enums import CardState, Turn
from cards.models import Batch, Card, Keying
from organisation.text import LONGEST_TEXT
from surveys.answering.answers import Answers
from surveys.models import Response
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import make_batch, make_card, make_entry
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    return make_batch(make_mixed().survey, share=100, by=make_clerk(name="Klara"))


@pytest.fixture
def differing(batch):
    return make_differing(batch)


@pytest.fixture
def third(client):
    member = make_clerk(name="Dora")
    client.force_login(member)
    return member


def make_differing(batch, first="41", second="42", **texts):
    """A card of which the speed was read differently, and the choice."""
    card = make_card(batch, first, texts={"way": ["bus"], **texts})
    again = make_entry(batch.survey.live_version, second, texts={"way": ["car"]}).answers
    return key_again(card=card, answers=again, by=make_clerk(name="Olga"), now=NOW)


def settle(client, card, **chosen):
    return client.post(reverse("cards:settle_card", args=[card.batch_id, card.pk]), chosen)


def test_only_what_differs_is_shown_and_not_whose_it_is(client, differing, third):
    page = client.get(reverse("cards:settle", args=[differing.batch_id]))

    rows = page.context["form"].rows
    assert [(row.item.key, {row.a, row.b}) for row in rows] == [
        ("speed", {"1 Very poor", "2 Poor"}),
        ("way", {"By bus", "By car"}),
    ]
    assert "Klara" not in page.text
    assert "Olga" not in page.text


def test_which_reading_is_a_changes_from_card_to_card_and_stays(client, batch, third):
    cards = [make_differing(batch) for _ in range(12)]
    first = {}
    for _ in range(2):
        for card in cards:
            page = client.get(reverse("cards:settle", args=[batch.pk]), {"after": card.number - 1})
            shown = page.context["form"].rows[0].a
            assert first.setdefault(card.pk, shown) == shown

    assert set(first.values()) == {"1 Very poor", "2 Poor"}


def test_whoever_keyed_it_does_not_settle_it(client, differing):
    for keyer in (differing.first_by, differing.second_by):
        client.force_login(keyer)
        page = client.get(reverse("cards:settle", args=[differing.batch_id]))
        settle(client, differing, speed="a", way="a")

        assert (page.context["card"], page.context["others"]) == (None, 1)
        assert Card.objects.get().state == CardState.DIFFERING


@pytest.mark.parametrize(
    ("chosen", "stored"),
    [
        (
            {"speed": "other", "speed-other": "5", "way": "other", "way-other": "walked"},
            ("45...", {"way": "walked"}),
        ),
        ({"speed": "other", "speed-other": "-", "way": "other", "way-other": "?"}, ("4-...", {"way": "?"})),
        ({"speed": "other", "speed-other": "x", "way": "other", "way-other": "-"}, ("4x...", {})),
    ],
)
def test_another_value_is_what_the_card_says_then(client, differing, third, chosen, stored):
    answer = settle(client, differing, **chosen)

    response = Response.objects.get()
    assert (answer.status_code, response.ratings, response.answers) == (302, *stored)


def test_a_reading_is_taken_as_it_stands(client, differing, third):
    page = client.get(reverse("cards:settle", args=[differing.batch_id]))
    row = page.context["form"].rows[0]

    settle(client, differing, speed="a", way="b")

    assert Response.objects.get().ratings == ("41..." if row.a.startswith("1") else "42...")
    assert Keying.objects.filter(turn=Turn.SETTLING, by=third).count() == 1


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"speed": "a"},
        {"speed": "other", "way": "a"},
        {"speed": "c", "way": "a"},
        {"speed": "other", "speed-other": "6", "way": "a"},
    ],
)
def test_every_field_wants_a_choice_that_is_one(client, differing, third, chosen):
    answer = settle(client, differing, **chosen)

    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    assert Card.objects.get().state == CardState.DIFFERING


def test_a_comment_that_was_left_is_keyed_later(client, batch, third):
    cards = [make_card(batch, texts={}, ratings="54", comment_later=True) for _ in range(2)]
    page = reverse("cards:comment", args=[batch.pk])

    assert client.get(page).context["card"] == cards[0]
    client.post(page, {"number": "1", "words": "Fine."})
    assert client.get(page).context["card"] == cards[1]
    client.post(page, {"number": "2", "words": ""})

    assert client.get(page).context["card"] is None
    assert list(
        Keying.objects.filter(card=cards[0]).order_by("revision").values_list("answers", flat=True)
    ) == [{}, {"words": "Fine."}]


def test_a_comment_to_a_card_that_differs_is_kept_when_it_is_settled(client, batch, third):
    card = make_differing(batch)
    Card.objects.update(comment_later=True)

    client.post(reverse("cards:comment", args=[batch.pk]), {"number": "1", "words": "Fine."})
    settle(client, card, speed="other", **{"speed-other": "3"}, way="a")

    assert Response.objects.get().answers["words"] == "Fine."


@pytest.mark.parametrize("text", ["a\0b", "x" * (LONGEST_TEXT + 1)], ids=["NUL", "too long"])
def test_a_comment_that_cannot_be_stored_is_refused(client, batch, third, text):
    make_card(batch, texts={}, ratings="54", comment_later=True)

    answer = client.post(reverse("cards:comment", args=[batch.pk]), {"number": "1", "words": text})

    assert (answer.status_code, Keying.objects.count()) == (422, 1)


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "1", "７"])
def test_any_address_shows_a_card(client, differing, third, after):
    assert (
        client.get(reverse("cards:settle", args=[differing.batch_id]), {"after": after}).context["card"]
        == differing
    )


@pytest.fixture
def blank(batch):
    """Keyed as something, and found blank by the second keyer."""
    card = make_card(batch, "41", texts={})
    return key_again(card=card, answers=Answers("--..."), by=make_clerk(), now=NOW)


def test_a_card_that_turns_out_blank_is_said_to_be_none(client, blank, third):
    others = {f"{key}-other": "-" for key in ("quality", "speed")}

    answer = settle(client, blank, quality="other", speed="other", **others)

    assert (answer.status_code, answer.context["form"].whole) == (422, "Please answer at least one question.")


def test_a_card_that_turns_out_blank_is_rejected_and_the_batch_balances(client, blank, batch, third):
    answer = settle(client, blank, rejected="blank")

    card, batch = Card.objects.get(), Batch.objects.get()
    assert (answer.status_code, card.state, card.rejection, card.settled_by) == (
        302,
        CardState.REJECTED,
        "blank",
        third,
    )
    assert (batch.keyed, batch.rejected, batch.waiting, Response.objects.count()) == (0, 1, 0, 0)


def test_whoever_keyed_it_does_not_reject_it(client, blank):
    client.force_login(blank.first_by)

    settle(client, blank, rejected="blank")

    assert Card.objects.get().state == CardState.DIFFERING


def test_a_card_that_is_settled_already_leads_on(client, batch, third):
    card = make_card(batch, "54", texts={})

    assert settle(client, card).status_code == 302
