"""Alerts as a manager meets them: accessible in every look, and without a script."""

import pytest
from playwright.sync_api import expect

from organisation.enums import Role
from reports.alerts.checking import check
from reports.alerts.leaving import token_of
from reports.models import Alert
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import make_alert, make_location, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member():
    return make_member(Role.MANAGER, locations=[make_location()])


@pytest.fixture
def alert(member):
    """One that is raised."""
    version = make_published()
    counted(version, *["55552"] * 6, location=member.locations.get(), on=NOW.date())
    alert = make_alert(version.survey, owner=member)
    check(alert.recipients.get().pk, now=NOW)
    return alert


@pytest.mark.parametrize(
    "what", ["alerts/", "alerts/new/", "alerts/{pk}/", "alerts/{pk}/remove/", "stop/{token}/"]
)
def test_each_page_is_accessible_and_fits_its_window(browser, live_server, member, alert, what):
    address = what.format(pk=alert.pk, token=token_of(alert.recipients.get()))
    with opened(browser) as page:
        enter(page, live_server, member)
        page.goto(f"{live_server.url}/reports/{address}")
        page.wait_for_load_state("networkidle")
        found = axe_violations(page)
        look(page, "phone", "light")
        wide = overflow(page)
        page.wait_for_load_state("networkidle")

    assert (found, wide) == ({}, 0)


@pytest.mark.parametrize("is_scripted", [True, False])
def test_what_a_kind_does_not_ask_for_is_out_of_the_way(browser, live_server, member, alert, is_scripted):
    with opened(browser, java_script_enabled=is_scripted) as page:
        enter(page, live_server, member)
        page.goto(f"{live_server.url}/reports/alerts/new/")
        shown = {}
        for kind in ("mean_below", "share_above", "outlier", "low_score"):
            page.get_by_label("Tell when").select_option(kind)
            fields = ("Threshold", "In the days", "Tell, too, when it is good again")
            hints = page.locator("[class^=for-]:visible").all()
            shown[kind] = (
                [page.get_by_label(name).is_visible() for name in fields],
                [hint.inner_text() for hint in hints],
            )

    single, good = "“Any question” is for single responses only.", "Unless it was good in between."
    assert shown == {
        "mean_below": ([True, True, True], [single, "A mean from 1 to 5.", good]),
        "share_above": ([True, True, True], [single, "A share from 0 to 100 percent.", good]),
        "outlier": ([False, True, True], [single, good]),
        "low_score": (
            [True, False, False],
            [
                "The highest score that is told, from 1 to 4.",
                "Single responses of these hours are told together in one mail.",
            ],
        ),
    }


def test_an_alert_is_asked_for_paused_and_removed_without_a_script(browser, live_server, member, alert):
    with opened(browser, java_script_enabled=False) as page:
        enter(page, live_server, member)
        page.goto(f"{live_server.url}/reports/?period=30")
        page.get_by_text("Send", exact=True).click()
        page.get_by_role("link", name="Alert me").click()
        page.get_by_label("Name").fill("Every 1")
        page.get_by_label("Tell when").select_option("low_score")
        page.get_by_label("Threshold").fill("1")
        page.get_by_role("button", name="Add alert").click()
        expect(page.get_by_text("Overall: a single response scores 1 or lower")).to_be_visible()
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_text("Nobody looks at it until it is resumed.")).to_be_visible()
        page.get_by_role("link", name="Remove").click()
        page.get_by_role("button", name="Remove alert").click()

        expect(page.get_by_text("The alert was removed.")).to_be_visible()
    assert list(Alert.objects.all()) == [alert]
