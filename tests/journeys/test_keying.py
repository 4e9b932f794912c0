"""A day at the keying screen: two hundred cards while the server goes away and comes back, and none is lost, none
doubled, none changed; and the screen is never slower than the clerk.
"""

import random
import statistics

import pytest

from tests.browser import opened
from tests.cards.desk import READY, all_sent, is_red
from tests.cards.ground import CARDS, QUESTIONS
from tests.cards.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.processes]
KEYS = "12345097"
SIGNS = dict(zip("097", "-?x", strict=True))
# Stopped before these cards, and started again before those.
STOPPED, STARTED = (40, 120), (80, 160)
# Most are keyed faster than any browser paints. These are timed, at some fifty keys a second: with the server there,
# without it, and while it takes what has gathered.
TIMED = {*range(30, 37), *range(60, 67), *range(83, 90)}
PAUSE = 15
# The other tests of a run share the machine: where it had no time to paint, more cards are timed, so many times.
AGAIN, MORE = 3, 7

# From a key going down to the next question being current and painted: a frame, and the task after it.
CLOCK = """() => {
  window.taken = []
  window.keys = 0
  const pad = document.getElementById('pad')
  const painted = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = done
    port2.postMessage(0)
  })
  addEventListener('keydown', () => {
    const start = performance.now()
    const before = pad.dataset.at
    window.keys += 1
    painted(() => { if (window.isTimed && pad.dataset.at !== before) window.taken.push(performance.now() - start) })
  }, true)
}"""


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    site.start()
    yield site
    site.server.stop()


@pytest.fixture
def source():
    """What stands on the paper, as it is keyed: each card is another one, and has a rating."""
    seeded = random.Random(7)
    cards = set()
    while len(cards) < CARDS + AGAIN * MORE:
        cards.add("5" + "".join(seeded.choice(KEYS) for _ in range(QUESTIONS - 1)))
    return sorted(cards, key=lambda _card: seeded.random())


def as_stored(card):
    return "".join(SIGNS.get(key, key) for key in card)


def key(page, card, *, is_timed):
    page.evaluate("isTimed => { window.isTimed = isTimed }", is_timed)
    page.keyboard.type(f"{card}\n", delay=PAUSE if is_timed else 0)


def median_and_late(page):
    """Of what was timed since it was last asked for: the median and the 95th percentile, in milliseconds."""
    taken = page.evaluate("window.taken.splice(0)")
    assert len(taken) > MORE * QUESTIONS / 2
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def is_swift(measured):
    median, late = measured
    return median < 50 and late < 100


def test_two_hundred_cards_while_the_server_goes_and_comes(browser, site, source):
    cards, more = source[:CARDS], source[CARDS:]
    with opened(browser) as page:
        site.sign_in(page.context)
        page.goto(site.page)
        page.wait_for_selector(READY)
        page.evaluate(CLOCK)
        for number, card in enumerate(cards):
            if number in STOPPED:
                site.server.stop()
            if number in STARTED:
                site.start(and_wait=False)
            key(page, card, is_timed=number in TIMED)
            if number in {after + 20 for after in STOPPED}:
                assert is_red(page)
        all_sent(page)
        measured = [median_and_late(page)]
        while more and not is_swift(measured[-1]):
            for card in more[:MORE]:
                key(page, card, is_timed=True)
            cards, more = cards + more[:MORE], more[MORE:]
            measured.append(median_and_late(page))
        all_sent(page)
        keys = page.evaluate("window.keys")

    assert site.filed() == [as_stored(card) for card in cards]
    assert site.rows("SELECT keyed, rejected, (SELECT count(*) FROM surveys_response) FROM cards_batch") == [
        (len(cards), 0, len(cards))
    ]
    assert keys == len(cards) * (QUESTIONS + 1)
    assert is_swift(measured[-1]), measured
