"""The keying screen in a real Chromium: keys, code mode, mouse, keys off."""

import re
from datetime import date

import pytest

from cards.enums import Rejection
from cards.models import Card, Keying
from tests.browser import opened
from tests.cards.desk import all_sent, heard, sit_down
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import make_batch, make_published
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def batch():
    return make_batch(make_published().survey, by=make_clerk())


def keyed(batch):
    return list(
        Keying.objects.filter(card__batch=batch)
        .order_by("card__number", "revision")
        .values_list("ratings", flat=True)
    )


def test_one_key_an_answer_and_enter(browser, live_server, batch):
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.keyboard.type("54321\n12907\n")
        all_sent(page)

        assert keyed(batch) == ["54321", "12?-x"]


@pytest.fixture
def desk(browser, live_server, batch):
    """The screen of a batch of five ratings, with its clerk at it."""
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        yield page


def position(page):
    return page.locator("#now-position").text_content()


def hint(page):
    return page.locator("#now-hint").text_content()


@pytest.mark.parametrize("key", ["Numpad4", "Digit4"])
def test_number_pad_and_row_are_the_same(desk, batch, key):
    for _ in range(5):
        desk.keyboard.press(key)
    desk.keyboard.press("NumpadEnter")
    all_sent(desk)

    assert keyed(batch) == ["44444"]


def test_backspace_goes_back_and_shows_the_old_value(desk, batch):
    desk.keyboard.type("123")
    desk.keyboard.press("Backspace")
    desk.keyboard.press("Backspace")

    assert (position(desk), desk.locator(".answer input:checked").input_value()) == ("2", "2")
    assert heard(desk).startswith("Keyed as 2.")
    desk.keyboard.type("5345\n")
    all_sent(desk)
    assert keyed(batch) == ["15345"]


def test_enter_with_questions_left_says_so_and_a_second_leaves_them_blank(desk, batch):
    desk.keyboard.type("12\n")

    assert hint(desk) == "Not keyed yet: 3, 4, 5. Press Enter again to leave them blank."
    assert (position(desk), Card.objects.count()) == ("3", 0)
    desk.keyboard.type("\n")
    all_sent(desk)
    assert keyed(batch) == ["12---"]


def test_a_key_after_the_question_takes_it_back(desk, batch):
    desk.keyboard.type("12\n345\n")
    all_sent(desk)

    assert keyed(batch) == ["12345"]


def test_a_card_on_which_nothing_counts_is_not_saved(desk, batch):
    desk.keyboard.type("0909x\n")

    assert hint(desk) == "No answer on this card can be counted. Reject it with R."
    desk.keyboard.type("r1")
    all_sent(desk)
    assert list(Card.objects.values_list("rejection", flat=True)) == [Rejection.BLANK]


def test_a_key_that_is_no_answer_changes_nothing(desk):
    desk.keyboard.type("6")

    assert (position(desk), hint(desk)) == ("1", "“6” is no answer to this question.")


def test_a_key_that_is_held_down_answers_once(desk):
    for _ in range(4):
        desk.keyboard.down("5")

    assert position(desk) == "2"


def test_the_last_card_is_recalled_and_corrected(desk, batch):
    desk.keyboard.type("11111\n22222\n33")
    all_sent(desk)
    desk.keyboard.press("Control+z")
    desk.keyboard.press("Backspace")
    desk.keyboard.type("5\n")
    # The card that was half keyed is still there.
    assert position(desk) == "3"
    desk.keyboard.type("333\n")
    all_sent(desk)

    last = Keying.objects.order_by("card__number", "revision").values_list(
        "card__number", "revision", "ratings"
    )
    assert list(last) == [(1, 0, "11111"), (2, 0, "22222"), (2, 1, "22225"), (3, 0, "33333")]


def test_recalling_again_goes_further_back_and_escape_leaves_it(desk, batch):
    desk.keyboard.type("11111\n22222\n")
    all_sent(desk)
    desk.keyboard.press("Control+z")
    desk.keyboard.press("Control+z")
    assert desk.locator("#card-name").text_content() == "Card 1"
    desk.keyboard.press("Escape")

    assert (position(desk), Keying.objects.count()) == ("1", 2)


def test_a_rejected_card_can_be_keyed_after_all(desk, batch):
    desk.keyboard.type("r4")
    all_sent(desk)
    desk.keyboard.press("Control+z")
    desk.keyboard.type("12\n")
    assert hint(desk).startswith("Not keyed yet: 3, 4, 5.")
    desk.keyboard.type("345\n")
    all_sent(desk)

    assert list(Card.objects.values_list("rejection", "revision", "number")) == [("", 1, 1)]
    assert keyed(batch) == ["12345"]


def test_tally_pace_and_last_cards(desk):
    desk.keyboard.type("12345\n54321\n11111\nr2")
    all_sent(desk)
    desk.locator("#last li").nth(3).wait_for()

    assert [desk.locator(f"#tally-{name}").text_content() for name in ("left", "keyed", "rejected")] == [
        "6",
        "3",
        "1",
    ]
    assert re.fullmatch(r"\d+ an hour", desk.locator("#pace").text_content())
    assert desk.locator("#last .last-name").all_text_contents() == ["Card 4", "Card 3", "Card 2", "Card 1"]
    assert "The same rating throughout" in desk.locator("#last li").nth(1).text_content()


def test_warnings_stop_nobody(browser, live_server):
    batch = make_batch(make_published().survey, counted=1, by=make_clerk())
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.keyboard.type("11111")
        assert hint(page) == "The same rating throughout"
        page.keyboard.type("\n11111")
        assert hint(page) == "The same rating throughout · The same answers as the last card"
        page.keyboard.type("\n")
        page.locator("#tally-over").wait_for()
        all_sent(page)

    assert Card.objects.count() == 2


def test_choices_by_letters_and_comments(browser, live_server):
    batch = make_batch(make_mixed().survey, by=make_clerk())
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.keyboard.type("54c")
        assert page.locator("#comment").is_hidden(), "at a choice, C is a letter"
        page.keyboard.type("acab")
        page.keyboard.press("Space")
        page.keyboard.press("c")
        page.locator("#comment textarea").wait_for()
        page.keyboard.type("Fine, 5 of 5.")
        page.keyboard.press("Control+Enter")
        page.keyboard.type("l\n")
        page.keyboard.type("530\n")
        page.keyboard.press("Enter")
        all_sent(page)

    card, other = Keying.objects.order_by("card__number")
    assert (card.ratings, card.answers) == (
        "54...",
        {"way": "car", "ways": ["bus", "car"], "words": "Fine, 5 of 5."},
    )
    assert (other.ratings, other.answers) == ("53...", {})
    assert list(Card.objects.order_by("number").values_list("comment_later", flat=True)) == [True, False]


def test_keys_rest_while_the_area_has_no_focus(desk):
    desk.locator("h1").click()
    desk.keyboard.type("123")

    assert (position(desk), desk.locator(".asleep").is_visible()) == ("1", True)


def test_without_single_keys_it_works_by_radios_and_remembers_it(desk, batch):
    desk.get_by_label("Single keys").uncheck()
    desk.reload()
    desk.wait_for_selector("#keying[data-ready]")
    desk.keyboard.type("4")
    assert desk.locator(".is-keyed").count() == 0
    for value in "54321":
        desk.locator(f"#now-answers input[value='{value}']").focus()
        desk.keyboard.press("Space")
        desk.get_by_role("button", name="Next").click()
    desk.locator("#do-save").click()
    all_sent(desk)

    assert keyed(batch) == ["54321"]


def test_the_mouse_does_all_of_it(desk, batch):
    for label in ("Excellent", "Good", "Two marks", "Left blank", "Does not apply"):
        desk.locator(".answer", has_text=label).click()
    desk.locator("#do-back").click()
    desk.locator(".answer", has_text="Poor").first.click()
    desk.locator("#do-save").click()
    all_sent(desk)

    assert keyed(batch) == ["54?-1"]


def test_a_screen_reader_hears_what_was_keyed_and_what_is_asked(desk):
    desk.keyboard.type("4")

    assert heard(desk) == "4 Good. Question 2: How was the speed?"


def test_the_keys_are_told(desk):
    desk.keyboard.press("?")
    desk.get_by_role("dialog").get_by_text("Left blank").wait_for()
    desk.keyboard.press("Escape")
    desk.keyboard.type("5")

    assert position(desk) == "2"


DRAFTS = """() => new Promise((resolve) => {
  indexedDB.open('cards', 1).onsuccess = ({ target }) => {
    target.result.transaction('drafts').objectStore('drafts').getAll().onsuccess = (found) => resolve(found.target.result)
  }
})"""


def test_a_half_keyed_card_comes_back_after_a_reload(desk, batch):
    desk.keyboard.type("123")
    wait_until(lambda: [len(draft["given"]) for draft in desk.evaluate(DRAFTS)] == [3])
    desk.reload()
    desk.wait_for_selector("#keying[data-ready]")
    desk.locator("#now-position", has_text="4").wait_for()
    desk.keyboard.type("45\n")
    all_sent(desk)

    assert keyed(batch) == ["12345"]


def test_the_day_is_kept_for_the_next_card_and_the_next_time(browser, live_server):
    batch = make_batch(make_published().survey, by=make_clerk(), collected_from=date(2026, 2, 28))
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.keyboard.type("12345\n")
        page.get_by_label("Collected").select_option("2026-02-28")
        page.keyboard.type("12345\n12345\n")
        all_sent(page)
        page.reload()
        page.wait_for_selector("#keying[data-ready]")
        page.keyboard.type("12345\n")
        all_sent(page)

    days = [f"{day:%d}" for day in Card.objects.order_by("number").values_list("day", flat=True)]
    assert days == ["02", "28", "28", "28"]


def test_a_card_of_a_body_that_is_refused_stays_with_its_reason(desk, batch):
    said = {"status": 422, "json": {"error": "No."}}
    desk.route("**/key/cards/", lambda route: route.fulfill(**said))
    desk.keyboard.type("12345\n54321\n")
    desk.locator("#tray li").nth(1).wait_for()
    desk.unroute("**/key/cards/")
    desk.get_by_role("button", name="Send again").first.click()
    desk.locator("#tray li").nth(1).wait_for(state="detached")
    desk.get_by_role("button", name="Send again").click()
    desk.locator("#tray").wait_for(state="hidden")
    all_sent(desk)

    assert sorted(keyed(batch)) == ["12345", "54321"]


def test_a_browser_that_keeps_nothing_is_said_to_and_still_sends(browser, live_server, batch):
    with opened(browser) as page:
        page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
        page.add_init_script("Object.defineProperty(crypto, 'randomUUID', { value: undefined })")
        sit_down(page, live_server, batch.opened_by, batch)
        assert page.locator("#not-kept").is_visible()
        page.keyboard.type("12345\n54321\n")
        all_sent(page)

    assert keyed(batch) == ["12345", "54321"]
