"""Where the device's cards arrive: each on its own, again without harm, and refused with a reason."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from cards.actions.batches import close_batch
from cards.actions.settling import key_again
from cards.codes import code_of
from cards.models import Batch, Card, Keying
from organisation.enums import Role
from surveys.models import Response
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import (
    make_batch,
    make_card,
    make_entry,
    make_location,
    make_member,
    make_print_run,
    make_published,
)
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
FIVES = {key: ["5"] for key in ("quality", "speed", "convenience", "knowledge", "overall")}


@pytest.fixture
def version():
    return make_published()


@pytest.fixture
def clerk():
    return make_clerk(name="Klara")


@pytest.fixture
def batch(version, clerk):
    return make_batch(version.survey, by=clerk)


@pytest.fixture
def post(client, clerk, batch, version):
    """Send cards as the device does; each is a dict of what differs from a card of five fives."""
    client.force_login(clerk)

    def send(*cards, member=None, to=batch, **headers):
        body = {"member": member or clerk.pk, "cards": [{**card_of(version), **card} for card in cards]}
        return client.post(
            reverse("cards:file", args=[to.pk]),
            json.dumps(body),
            content_type="application/json",
            headers=headers,
        )

    return send


def card_of(version):
    return {
        "id": str(uuid.uuid4()),
        "revision": 0,
        "version": version.pk,
        "code": "",
        "day": "2026-03-02",
        "given": FIVES,
        "comment_later": False,
        "rejected": "",
    }


def test_a_card_is_stored_and_acknowledged(post):
    key = str(uuid.uuid4())

    said = post({"id": key}).json()

    assert said == {
        "cards": [{"id": key, "state": "stored", "why": "", "reason": "", "again": False, "number": 1}],
        "tally": {"counted": 10, "keyed": 1, "rejected": 0},
    }
    assert Response.objects.get().pk == uuid.UUID(key)


def test_the_same_cards_again_change_nothing(post):
    cards = [{"id": str(uuid.uuid4())} for _ in range(3)]

    first, again = post(*cards).json(), post(*cards).json()

    assert first == again
    assert (Card.objects.count(), Keying.objects.count(), Response.objects.count()) == (3, 3, 3)


def test_a_card_that_is_refused_keeps_no_other_back(post):
    said = post({}, {"given": {"speed": ["9"]}}, {"rejected": "torn"}).json()

    assert [card["state"] for card in said["cards"]] == ["stored", "refused", "stored"]
    assert said["tally"] == {"counted": 10, "keyed": 1, "rejected": 1}


def test_a_card_that_is_keyed_twice_says_so(post):
    Batch.objects.update(share=100)

    assert post({}).json()["cards"][0]["again"] is True


def test_a_serial_that_was_keyed_before_is_refused_with_where_when_and_by_whom(post, version):
    harbour = make_location(name="Harbour", time_zone="Europe/Prague")
    run = make_print_run(version)
    other = make_batch(version.survey, location=harbour, by=make_clerk(name="Olga"))
    make_card(other, run=run, serial=7)

    said = post({"code": code_of(run.pk, 7)}).json()["cards"][0]

    assert (said["state"], said["why"]) == ("refused", "code")
    assert (
        said["reason"]
        == f"This card was keyed before: number 1 in batch {other.pk} of Harbour, 2 Mar 2026, 10:00, by Olga."
    )


def test_a_closed_batch_takes_none_but_acknowledges_what_it_has(post, batch, clerk):
    Batch.objects.update(counted=1)
    key = str(uuid.uuid4())
    post({"id": key})
    close_batch(batch=batch, by=clerk, now=NOW)

    said = post({"id": key}, {}).json()["cards"]

    assert [(card["state"], card["why"]) for card in said] == [("stored", ""), ("refused", "closed")]


def test_a_revision_after_the_second_keying_is_refused(post, batch, version):
    Batch.objects.update(share=100)
    key = str(uuid.uuid4())
    post({"id": key})
    key_again(card=Card.objects.get(), answers=make_entry(version).answers, by=make_clerk(), now=NOW)

    said = post({"id": key, "revision": 1}).json()["cards"][0]

    assert (said["state"], said["why"]) == ("refused", "again")


def test_another_s_card_is_refused(post, batch):
    card = make_card(make_batch(batch.survey))

    assert post({"id": str(card.pk)}).json()["cards"][0]["why"] == "other"


def test_another_member_s_cards_are_refused_whole(post, clerk):
    answer = post({}, member=clerk.pk + 1)

    assert (answer.status_code, Card.objects.count()) == (409, 0)
    assert answer.json()["error"]


def test_a_script_that_is_signed_out_is_told_so(post, client):
    client.logout()

    answer = post({}, accept="application/json")

    assert (answer.status_code, Card.objects.count()) == (401, 0)


def test_a_stranger_without_a_script_signs_in(post, client):
    client.logout()

    assert post({}).status_code == 302


def test_a_batch_of_elsewhere_is_not_there(post, version):
    here = make_location()
    client = Client()
    client.force_login(make_member(Role.CLERK, locations=[here]))
    batch = make_batch(version.survey)

    for name in ("key", "second", "settle", "comment"):
        assert client.get(reverse(f"cards:{name}", args=[batch.pk])).status_code == 404
    for name in ("file", "file_second"):
        answer = client.post(reverse(f"cards:{name}", args=[batch.pk]), "{}", content_type="application/json")
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff\xfe", b'{"member": 1e999}', b"[" * 50_000, b'"\\ud800"', b"0" * 3_000_000]
)
def test_no_body_is_an_error_of_ours(client, clerk, batch, body):
    client.force_login(clerk)

    for name in ("file", "file_second"):
        answer = client.post(reverse(f"cards:{name}", args=[batch.pk]), body, content_type="application/json")
        assert answer.status_code in {400, 413, 422}
        assert answer.json()["error"]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"id": 7},
        {"id": "\ud800"},
        {"id": ["x"], "given": 1},
        {"id": str(uuid.uuid4()), "given": {"a": ["\0"]}},
    ],
)
def test_no_card_is_an_error_of_ours(client, clerk, batch, odd):
    client.force_login(clerk)
    body = json.dumps({"member": clerk.pk, "cards": [odd]})

    for name in ("file", "file_second"):
        answer = client.post(reverse(f"cards:{name}", args=[batch.pk]), body, content_type="application/json")
        assert (answer.status_code, answer.json()["cards"][0]["state"]) == (200, "refused")


def test_the_page_of_a_closed_batch_leads_to_its_ledger(client, clerk, version):
    batch = make_batch(version.survey, counted=1)
    make_card(batch)
    close_batch(batch=batch, by=clerk, now=NOW)
    client.force_login(clerk)

    assert client.get(reverse("cards:key", args=[batch.pk])).url == reverse("cards:batch", args=[batch.pk])


def test_words_are_stored_as_they_were_typed(client, clerk):
    version = make_mixed()
    batch = make_batch(version.survey)
    client.force_login(clerk)
    text = "Žluťoučký kůň\n<b>“quoted”</b> 🙂"
    card = {**card_of(version), "given": {"quality": ["5"], "words": [text]}}
    body = json.dumps({"member": clerk.pk, "cards": [card]})

    client.post(reverse("cards:file", args=[batch.pk]), body, content_type="application/json")

    assert Response.objects.get().answers == {"words": text}


def test_the_worker_reaches_as_far_as_its_address(client):
    answer = client.get(reverse("cards:worker"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert b"addEventListener('fetch'" in answer.content
