"""Schedules and what they sent, as a manager meets them: accessible in every look, and without a script."""

import pytest
from playwright.sync_api import expect

from organisation.enums import Role
from reports.models import Schedule
from reports.schedules.leaving import leaving_token
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import make_location, make_member, make_published, make_schedule, make_sent
from tests.reports.answers import counted

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member():
    return make_member(Role.MANAGER, locations=[make_location()])


@pytest.fixture
def survey(member):
    version = make_published()
    counted(version, *["55443"] * 6, location=member.locations.get())
    return version.survey


@pytest.mark.parametrize(
    "what",
    [
        "schedules/",
        "schedules/new/",
        "schedules/{schedule}/",
        "schedules/{schedule}/remove/",
        "sent/",
        "sent/{sent}/",
        "leave/{token}/",
        "changes/add/",
    ],
)
def test_each_page_is_accessible_and_fits_its_window(browser, live_server, survey, member, what):
    sent = make_sent(make_schedule(survey, owner=member), is_made=True)
    with opened(browser) as page:
        enter(page, live_server, member)
        token = leaving_token(schedule=sent.schedule_id, member=member.pk)
        path = what.format(sent=sent.pk, schedule=sent.schedule_id, token=token)
        page.goto(f"{live_server.url}/reports/{path}")
        page.wait_for_load_state("networkidle")
        found = axe_violations(page)
        look(page, "phone", "light")
        wide = overflow(page)
        page.wait_for_load_state("networkidle")

    assert (found, wide) == ({}, 0)


def test_a_schedule_is_set_up_and_paused_without_a_script(browser, live_server, survey, member):
    with opened(browser, java_script_enabled=False) as page:
        enter(page, live_server, member)
        page.goto(f"{live_server.url}/reports/?survey={survey.slug}&period=30")
        page.get_by_text("Send", exact=True).click()
        page.get_by_role("link", name="Send regularly").click()
        page.get_by_label("Name").fill("Monday morning")
        page.get_by_role("button", name="Set it up").click()
        expect(page.get_by_text("Every Monday at 07:00")).to_be_visible()
        page.get_by_role("button", name="Pause Monday morning").click()

        expect(page.get_by_text("Nothing goes out until you resume.")).to_be_visible()
    assert not Schedule.objects.get().is_active
