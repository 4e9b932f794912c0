"""Kiosk and website on the Share page: set up, copied and tried in a browser."""

import pytest
from playwright.sync_api import expect

from surveys.models import AllowedOrigin, Response
from tests.browser import axe_violations, enter, opened, overflow
from tests.factories import make_kiosk, make_member, make_published, make_survey

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def survey(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    return make_published(make_survey(slug="service")).survey


@pytest.mark.parametrize("path", ["share/", "share/kiosk/", "share/website/", "share/website/?mode=timed"])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser, live_server, survey, path):
    make_kiosk(survey)
    AllowedOrigin.objects.create(
        survey=survey, origin="https://a-rather-long-name.of-a-website.example.org:8443"
    )
    with opened(browser) as page:
        enter(page, live_server, make_member("editor"))
        page.goto(f"{live_server.url}/surveys/{survey.pk}/{path}")

        assert axe_violations(page) == {}
        page.set_viewport_size({"width": 360, "height": 800})
        assert overflow(page) == 0


@pytest.mark.parametrize("mode", ["Button", "In the page", "After some seconds"])
def test_what_is_tried_is_not_stored(browser, live_server, survey, mode):
    with opened(browser) as page:
        enter(page, live_server, make_member("editor"))
        page.goto(f"{live_server.url}/surveys/{survey.pk}/share/website/")
        page.get_by_label(mode).check()
        tried = page.frame_locator("iframe.website-preview")
        if mode == "Button":
            tried.get_by_role("button", name="Give feedback").click()
        form = tried.frame_locator("iframe")

        expect(form.get_by_role("heading", name="How did we do?")).to_be_visible()
        expect(form.get_by_role("button", name="Send my answers")).to_be_disabled()

    assert Response.objects.count() == 0
