"""The second keying in a real Chromium: everything that travels is read, and holds no first value."""

import json

import pytest

from cards.enums import CardState
from cards.models import Batch, Card, Keying
from surveys.models import Response
from tests.browser import opened
from tests.cards.desk import all_sent, sit_down
from tests.cards.paper import make_clerk, make_rated
from tests.factories import make_batch, make_card

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
FIRST = ("52341342514123534215", "13524131542531243152")


@pytest.fixture
def batch():
    batch = make_batch(make_rated().survey, share=100, by=make_clerk(name="Klara"))
    for ratings in FIRST:
        make_card(batch, ratings)
    return batch


@pytest.fixture
def traffic():
    """(address, body) of every answer, and of every request with a body."""
    return []


def listen(page, traffic):
    def answered(response):
        if response.status == 200:
            traffic.append((response.url, response.text()))

    page.on("response", answered)


def states():
    return list(Card.objects.order_by("number").values_list("state", flat=True))


def test_nothing_that_travels_holds_a_first_value(browser, live_server, batch, traffic):
    with opened(browser) as page:
        listen(page, traffic)
        sit_down(page, live_server, make_clerk(name="Olga"), batch, "second")
        assert "First keyed by Klara" in page.locator("#card-about").text_content()
        page.keyboard.type(f"{FIRST[0]}\n")
        page.keyboard.type(f"5{FIRST[1][1:]}\n")
        all_sent(page)
        page.reload()
        page.wait_for_load_state("networkidle")

    said = [body for url, body in traffic if "/static/" not in url]
    signs = list(Keying.objects.filter(by=batch.opened_by).values_list("ratings", flat=True))
    assert sorted(signs) == sorted(FIRST)
    assert [body for body in said if any(ratings[:6] in body for ratings in signs)] == []
    assert [body for body in said if '"given"' in body or '"ratings"' in body] == []
    assert states() == [CardState.SETTLED, CardState.DIFFERING]


def test_replies_are_the_same_whether_the_two_agree_or_not(browser, live_server, batch, traffic):
    with opened(browser) as page:
        listen(page, traffic)
        sit_down(page, live_server, make_clerk(), batch, "second")
        page.keyboard.type(f"{FIRST[0]}\n")
        all_sent(page)
        page.keyboard.type(f"5{FIRST[1][1:]}\n")
        all_sent(page)

    replies = [json.loads(body) for url, body in traffic if url.endswith("/second/cards/")]
    one, other = ({**reply["cards"][0], "id": "", "number": 0} for reply in replies)
    assert one == other
    assert [set(reply["tally"]) for reply in replies] == [{"counted", "awaiting"}] * 2
    assert Response.objects.count() == 1


def test_cards_come_in_order_and_can_be_put_aside(browser, live_server, batch):
    with opened(browser) as page:
        sit_down(page, live_server, make_clerk(), batch, "second")
        names = [page.locator("#card-name").text_content()]
        page.keyboard.press("s")
        names.append(page.locator("#card-name").text_content())
        page.keyboard.type(f"{FIRST[1]}\n")
        names.append(page.locator("#card-name").text_content())
        page.keyboard.type(f"{FIRST[0]}\n")
        all_sent(page)
        page.locator("#now-text", has_text="No card waits for you").wait_for()

    assert names == ["Card 1", "Card 2", "Card 1"]
    assert states() == [CardState.SETTLED] * 2
    assert Batch.objects.get().waiting == 0


def test_cards_of_one_s_own_do_not_come(browser, live_server, batch):
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch, "second")

        assert page.locator("#now-text").text_content() != ""
        assert page.locator(".row").count() == 0


def test_a_card_that_the_second_finds_blank_goes_to_a_third(browser, live_server, batch):
    with opened(browser) as page:
        sit_down(page, live_server, make_clerk(), batch, "second")
        page.keyboard.type("\n\n")
        assert "No answer on this card can be counted" in page.locator("#now-hint").text_content()
        page.keyboard.type("\n")
        all_sent(page)

    assert states() == [CardState.DIFFERING, CardState.AWAITING_SECOND]
