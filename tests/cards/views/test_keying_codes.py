"""Code mode of the keying screen: the code decides the version, and what the server refuses waits in the tray."""

import random

import pytest

from cards.codes import MOST_RUNS, MOST_SERIALS, SIGNS, code_of
from cards.models import Card, Keying
from tests.browser import axe_violations, opened
from tests.cards.desk import all_sent, scan, sit_down
from tests.cards.paper import make_clerk, make_rated
from tests.factories import make_batch, make_card, make_print_run, make_published

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def batch():
    return make_batch(make_published().survey, by=make_clerk())


def keyed(batch):
    keyings = Keying.objects.filter(card__batch=batch).order_by("card__number", "revision")
    return list(keyings.values_list("ratings", flat=True))


def wrong_ones(code):
    """A sign that is another, and two neighbours that changed places."""
    plain = code.replace("-", "")
    for at in range(8):
        other = SIGNS[(SIGNS.index(plain[at]) + 1 + at) % len(SIGNS)]
        yield plain[:at] + other + plain[at + 1 :]
        if at < 7 and plain[at] != plain[at + 1]:
            yield plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]


def test_the_device_checks_codes_as_the_server_does(browser, live_server, batch):
    seeded = random.Random(3)
    made = [(seeded.randrange(MOST_RUNS), seeded.randrange(MOST_SERIALS)) for _ in range(200)]
    codes = [code_of(*one) for one in made]
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        read = page.evaluate("codes => codes.map((code) => Cards.readCode(code))", codes)
        wrong = [code for one in codes for code in wrong_ones(one)]
        found = page.evaluate("codes => codes.filter((code) => Cards.readCode(code))", wrong)

    assert [(one["run"], one["serial"], one["code"]) for one in read] == [
        (run, serial, code) for (run, serial), code in zip(made, codes, strict=True)
    ]
    assert found == []


@pytest.fixture
def coded(batch):
    """A run of the live version, and one of the version before it, which had three questions."""
    run = make_print_run(batch.survey.live_version, copies=20)
    newer = make_rated(3, batch.survey)
    return run, make_print_run(newer, copies=20), newer


def test_a_code_decides_the_version_and_is_checked_here(browser, live_server, batch, coded):
    old, new, _version = coded
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.get_by_label("Codes").check()
        page.keyboard.type(code_of(new.pk, 3).lower().replace("-", "") + "\n345\n")
        page.keyboard.type(
            f"https://feedback.example.org/s/survey/?at=main&card={code_of(old.pk, 4)}\n12345\n"
        )
        wrong = code_of(old.pk, 5).translate(str.maketrans("23", "32"))
        page.keyboard.type(f"{wrong}\n")
        assert "a sign is wrong" in page.locator("#code-trouble").text_content()
        page.keyboard.type(f"{code_of(old.pk, 21)}\n")
        assert "No card of this survey" in page.locator("#code-trouble").text_content()
        all_sent(page)

    cards = Card.objects.order_by("number").values_list("print_run", "serial", "version")
    assert list(cards) == [(new.pk, 3, new.version_id), (old.pk, 4, old.version_id)]
    assert keyed(batch) == ["345", "12345"]


def test_a_scan_into_the_keying_area_is_no_answer(browser, live_server, batch, coded):
    _old, new, _version = coded
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.keyboard.type("3")
        scan(page, code_of(new.pk, 9))

        assert "not finished" in page.locator("#now-hint").text_content()
        assert (page.locator("#now-position").text_content(), page.locator(".is-keyed").count()) == ("2", 1)


def test_a_serial_keyed_before_waits_in_the_tray_with_ways_out(browser, live_server, batch, coded):
    _old, new, _version = coded
    make_card(make_batch(batch.survey), "345", run=new, serial=1)
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.get_by_label("Codes").check()
        for serial in (1, 2):
            page.keyboard.type(f"{code_of(new.pk, serial)}\n555\n")
        page.locator("#tray").wait_for()
        assert "This card was keyed before" in page.locator("#tray").text_content()
        assert axe_violations(page, [("desktop", "light"), ("phone", "dark")]) == {}
        assert page.title().startswith("(1 not taken)")
        # Another code was meant.
        page.get_by_role("button", name="Correct").click()
        page.keyboard.type(f"{code_of(new.pk, 3)}\n\n")
        page.locator("#tray").wait_for(state="hidden")
        all_sent(page)

    assert list(Card.objects.filter(batch=batch).order_by("number").values_list("serial", flat=True)) == [
        2,
        3,
    ]


def test_a_refused_card_is_discarded_only_when_that_is_meant(browser, live_server, batch, coded):
    _old, new, _version = coded
    make_card(make_batch(batch.survey), "345", run=new, serial=1)
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.get_by_label("Codes").check()
        page.keyboard.type(f"{code_of(new.pk, 1)}\n555\n")
        page.locator("#tray").wait_for()
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("button", name="Discard").click()
        page.reload()
        page.locator("#tray").wait_for()
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Discard").click()
        page.locator("#tray").wait_for(state="hidden")


def test_a_scan_after_a_whole_card_saves_it_and_begins_the_next(browser, live_server, batch, coded):
    _old, new, _version = coded
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.get_by_label("Codes").check()
        page.keyboard.type("\n345")
        for serial in (5, 6):
            scan(page, code_of(new.pk, serial))
            page.keyboard.type("345")
        page.keyboard.press("Enter")
        all_sent(page)

    assert list(Card.objects.filter(batch=batch).order_by("number").values_list("serial", flat=True)) == [
        None,
        5,
        6,
    ]
