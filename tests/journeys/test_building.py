"""An editor builds a survey in a browser, publishes it, changes it and publishes it again."""

import io

import numpy as np
import pytest
import zxingcpp
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from surveys.models import Survey
from tests.browser import axe_violations, enter, opened, wait_for
from tests.factories import make_draft, make_location, make_member, make_published, make_survey
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LETTERS = [(letter, "quality") for letter in "abcdefghijklmnopqrst"]


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def editor(transactional_db):
    return make_member("editor", name="Edith")


def url(live_server, name, *args):
    return live_server.url + reverse(f"surveys:{name}", args=args)


def keys(page):
    return page.locator(".question-card").evaluate_all("cards => cards.map(card => card.dataset.key)")


def focus(page):
    """What has the focus: its deed and the key of its card."""
    return page.evaluate(
        "[document.activeElement.dataset.does, document.activeElement.closest('.question-card')?.dataset.key]"
    )


def add_rating(page, text):
    page.get_by_role("link", name="Rating from 1 to 5").click()
    page.get_by_label("Question*", exact=True).fill(text)
    page.get_by_label("Speed").check()
    page.get_by_role("button", name="Add question").click()
    expect(page.get_by_role("heading", name=text)).to_be_visible()


def test_an_editor_builds_publishes_changes_and_publishes_again(browser, live_server, editor):
    with opened(browser) as page:
        enter(page, live_server, editor)
        create_from_starter(page, live_server)
        fill_to_the_limit(page)
        be_refused_the_21st(page, live_server)
        reorder(page)
        publish(page)
        reword_and_publish_again(page, live_server)

    live = Survey.objects.get().live_version
    assert (live.number, live.questions.count()) == (2, 20)
    assert (
        live.questions.get(text="How would you rate how quickly we served you?").continuity == "new_wording"
    )


def create_from_starter(page, live_server):
    page.goto(url(live_server, "list"))
    page.get_by_role("link", name="New survey").first.click()
    page.get_by_text("General service survey", exact=True).click()
    page.get_by_label("Name").fill("Our service")
    page.get_by_role("button", name="Create survey").click()
    expect(page.get_by_text("10 of 20 questions")).to_be_visible()


def fill_to_the_limit(page):
    for number in range(11, 20):
        add_rating(page, f"How quick was step {number}?")
    expect(page.get_by_text("One more question fits.")).to_be_visible()
    add_rating(page, "How quick was the last step?")


def be_refused_the_21st(page, live_server):
    expect(page.get_by_text("20 of 20 questions")).to_be_visible()
    expect(page.get_by_role("button", name="Rating from 1 to 5")).to_be_disabled()
    survey = Survey.objects.get()
    page.goto(url(live_server, "add_question", survey.pk, "text"))
    page.get_by_label("Question*", exact=True).fill("Anything else?")
    page.get_by_role("button", name="Add question").click()
    expect(page.get_by_text("at most 20 questions").first).to_be_visible()
    expect(page.get_by_label("Question*", exact=True)).to_have_value("Anything else?")
    page.get_by_role("link", name="Cancel").click()


def reorder(page):
    expect(page.locator(".question-card")).to_have_count(20)
    first, second, third, *rest = keys(page)
    page.get_by_role("button", name="Move question 2 up").click()
    expect(page.locator(".question-card").first).to_have_attribute("data-key", second)
    assert keys(page) == [second, first, third, *rest]
    wait_until(lambda: focus(page) == ["down", second])
    page.keyboard.press("Enter")
    expect(page.locator(".question-card").first).to_have_attribute("data-key", first)
    wait_until(lambda: focus(page) == ["down", second])
    page.drag_and_drop(f"#q-{third} .handle", f"#q-{first}", target_position={"x": 20, "y": 4})
    expect(page.locator(".question-card").first).to_have_attribute("data-key", third)
    assert keys(page) == [third, first, second, *rest]


def publish(page):
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_text("Version 1 was published.")).to_be_visible()


def reword_and_publish_again(page, live_server):
    page.get_by_role("button", name="Edit").click()
    card = page.locator("#q-speed_service")
    card.get_by_role("link", name="Change question").click()
    expect(card.get_by_text("A published version asks this question.")).to_be_visible()
    card.get_by_label("Question*", exact=True).fill("How good and quick was it?")
    expect(card.get_by_text("“good and quick”")).to_be_visible()
    card.get_by_label("Question*", exact=True).fill("How would you rate how quickly we served you?")
    expect(card.get_by_text("“good and quick”")).to_be_hidden()
    page.get_by_role("button", name="Save question").click()
    expect(page.locator("#q-speed_service").get_by_text("reworded since it was published")).to_be_visible()
    page.get_by_role("link", name="Review and publish").click()
    page.get_by_label("Same measure, new wording").check()
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_text("Version 2 was published.")).to_be_visible()


def test_a_mistake_in_a_form_opened_in_place_is_said_in_its_place(browser, live_server, editor):
    survey = make_draft().survey

    with opened(browser) as page:
        enter(page, live_server, editor)
        page.goto(url(live_server, "build", survey.pk))
        page.get_by_role("link", name="Several choices").click()
        page.get_by_label("Question*", exact=True).fill("Where?")
        page.get_by_label("Options").fill("Here")
        page.get_by_role("button", name="Add question").click()
        expect(page.get_by_text("A choice needs 2 to 20 options; here are 1.")).to_be_visible()

        expect(page.get_by_label("Options")).to_be_focused()
        expect(page.get_by_label("Question*", exact=True)).to_have_value("Where?")
        expect(page.locator(".question-card")).to_have_count(5)


def test_a_removed_question_is_put_back_by_the_next_key(browser, live_server, editor):
    survey = make_draft(questions=LETTERS[:3]).survey

    with opened(browser) as page:
        enter(page, live_server, editor)
        page.goto(url(live_server, "build", survey.pk))
        page.get_by_role("button", name="Remove question 2").click()
        expect(page.get_by_role("button", name="Put it back")).to_be_focused()
        gone = keys(page)
        page.keyboard.press("Enter")
        expect(page.locator("#q-b")).to_be_visible()

        assert (gone, keys(page)) == (["a", "c"], ["a", "b", "c"])


def test_what_is_being_typed_cannot_be_lost_to_another_button(browser, live_server, editor):
    survey = make_draft(questions=LETTERS[:3]).survey

    with opened(browser) as page:
        enter(page, live_server, editor)
        page.goto(url(live_server, "build", survey.pk))
        page.get_by_role("link", name="Change question 2").click()
        expect(page.get_by_label("Question*", exact=True)).to_be_focused()

        assert page.locator("#q-a").evaluate("card => card.inert")
        assert page.locator(".add-question").evaluate("part => part.inert")
        assert not page.locator("#q-b").evaluate("card => card.inert")


def test_everything_works_without_a_script(browser, live_server, editor):
    with opened(browser, java_script_enabled=False) as page:
        enter(page, live_server, editor)
        page.goto(url(live_server, "new"))
        page.get_by_text("Empty survey").click()
        page.get_by_role("button", name="Create survey").click()
        for text in ("Why?", "Where to?"):
            page.get_by_role("link", name="Text", exact=True).click()
            page.get_by_label("Question*", exact=True).fill(text)
            page.get_by_role("button", name="Add question").click()
        page.get_by_role("button", name="Move question 2 up").click()
        page.get_by_role("button", name="Copy question 1").click()
        page.get_by_role("button", name="Remove question 3").click()
        page.get_by_role("button", name="Put it back").click()
        page.get_by_role("button", name="Remove question 2").click()
        page.get_by_role("link", name="Publish", exact=True).click()
        page.get_by_role("button", name="Publish version 1").click()
        expect(page.get_by_text("Version 1 was published.")).to_be_visible()

    version = Survey.objects.get().live_version
    assert list(version.questions.in_order().values_list("text", flat=True)) == ["Where to?", "Why?"]


def test_the_code_on_the_sheet_leads_to_the_survey(browser, live_server, editor):
    survey = make_published(make_survey(slug="service")).survey
    make_location(code="north")

    with opened(browser) as page:
        enter(page, live_server, editor)
        page.goto(url(live_server, "sheet", survey.pk) + "?at=north")
        wait_for(page, "document.querySelector('.sheet img').complete")
        picture = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L"))

    assert zxingcpp.read_barcode(picture).text == f"{live_server.url}/s/service/?at=north&tp=service"


def with_everything():
    """A published survey whose draft shows all that a builder can show."""
    live = make_published(make_survey(name="Our service", slug="service"), title="How did we do?")
    draft = make_draft(live.survey, intro="Tell us.", translations={"da": {"title": "Hvordan?"}})
    draft.questions.filter(measure__key="speed").update(
        text="Don't you agree it was good and fast?", section="Your visit", weight=2, is_required=True
    )
    return live.survey


PAGES = {
    "around": [("list",), ("new",), ("settings",), ("discard_draft",)],
    "building": [("build",), ("add_question", "several_choices"), ("change_question", "speed"), ("texts",)],
    "before": [("publish",), ("translate",)],
    "after": [("preview",), ("share",), ("sheet",)],
}
OF_ALL = {"list", "new"}


@pytest.mark.once
@pytest.mark.parametrize("pages", PAGES.values(), ids=PAGES)
def test_pages_are_accessible(browser, live_server, editor, pages):
    survey = with_everything()

    with opened(browser) as page:
        enter(page, live_server, editor)
        found = {name: look_at(page, live_server, survey, name, *args) for name, *args in pages}

    assert found == {name: {} for name, *_args in pages}


def look_at(page, live_server, survey, name, *args):
    page.goto(url(live_server, name, *([] if name in OF_ALL else [survey.pk]), *args))
    page.wait_for_load_state("networkidle")
    return axe_violations(page)


@pytest.mark.once
def test_the_builder_is_accessible_with_a_form_open_in_place(browser, live_server, editor):
    survey = with_everything()

    with opened(browser) as page:
        enter(page, live_server, editor)
        page.goto(url(live_server, "build", survey.pk))
        page.get_by_role("button", name="Remove question 1").click()
        page.get_by_role("button", name="Put it back").wait_for()
        page.get_by_role("link", name="Change question 1").click()
        page.get_by_role("button", name="Save question").wait_for()

        assert axe_violations(page) == {}
