"""The page of responses as an editor sees it: accessible in every look, within the window, and at work."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from organisation.enums import Role
from scoring.actions import score_pending
from surveys.enums import Flag, Kind
from surveys.models import Response
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import (
    make_draft,
    make_location,
    make_member,
    make_published,
    make_question,
    make_response,
    make_survey,
)
from tests.factories.surveys import FIVE, NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = (
    "I waited in the queue for a quarter of an hour, and then the till beside mine was opened for somebody else. "
    * 3
)


@pytest.fixture
def version():
    """A survey with every kind of question, and responses held, flagged and plain."""
    draft = make_draft(make_survey(name="How was your visit?", is_anonymous=False), FIVE)
    make_question(draft, 6, key="why", kind=Kind.TEXT, text="What could we do better?")
    options = [{"key": "a", "label": "By car"}, {"key": "b", "label": "On foot"}]
    make_question(draft, 7, key="way", kind=Kind.SEVERAL_CHOICES, text="How did you come?", options=options)
    version = make_published(draft=draft)
    north = make_location(name="Bäckerei und Konditorei am Hauptbahnhof gegenüber")
    at = datetime(2026, 3, 2, 13, 37, tzinfo=UTC)
    robot = {"flags": Flag.ROBOT | Flag.TOO_FAST, "is_held": True}
    make_response(
        version, "55555..", answers={"why": "Buy followers at http://spam.example/" + "x" * 80}, **robot
    )
    make_response(version, "11111..", location=north, flags=Flag.STRAIGHT_LINE, received_at=at)
    make_response(version, "1x-42..", location=north, answers={"why": LONG, "way": ["a", "b"]}, is_held=True)
    make_response(version, "54321..", received_on=date(2026, 3, 1))
    score_pending(now=NOW)
    return version


def address(live_server, name, version, query=""):
    return f"{live_server.url}{reverse(f'scoring:{name}', args=[version.survey_id])}{query}"


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("responses", ""),
        ("responses", "?show=flagged"),
        ("responses", "?show=all&reason=robot"),
        ("responses", "?reason=repeated"),
        ("release_all", "?show=held&reason=robot"),
        ("hold_all", "?show=flagged&reason=straight_line"),
    ],
)
def test_pages_are_accessible_and_fit_their_window(browser, live_server, version, name, query):
    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(address(live_server, name, version, query))
        if page.locator(".response summary").count():
            page.locator(".response summary").first.click()
        found = axe_violations(page)
        look(page, "phone", "light")

        assert (found, overflow(page)) == ({}, 0)


@pytest.mark.once
def test_deleting_is_asked_on_an_accessible_page(browser, live_server, version):
    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(address(live_server, "responses", version))
        page.get_by_role("link", name="Delete response 1").click()
        page.get_by_role("button", name="Delete response").wait_for()
        found = axe_violations(page)
        page.get_by_role("button", name="Delete response").click()

        assert found == {}
        expect(page.get_by_text("The response was deleted.")).to_be_visible()
    assert Response.objects.count() == 3


def test_an_editor_finds_what_is_held_and_releases_it(browser, live_server, version):
    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(f"{live_server.url}{reverse('surveys:list')}")
        page.get_by_role("link", name="2 held").click()
        page.get_by_label("Reason").select_option("robot")
        page.get_by_role("button", name="Show").click()
        page.locator(".response summary").click()
        expect(page.get_by_text("5 Excellent")).to_have_count(5)
        page.get_by_role("button", name="Release response 1").click()
        page.get_by_text("The response was released.").wait_for()
        page.get_by_role("link", name="Show all").click()

        expect(page.locator(".response")).to_have_count(1)
        expect(page.get_by_role("link", name="Responses 1 held")).to_be_visible()
    assert Response.objects.unscored().get().flags == Flag.ROBOT | Flag.TOO_FAST
