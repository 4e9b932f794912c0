"""Staff pages of invitations in a real browser: on a phone and a desktop, light and dark."""

import pytest
from playwright.sync_api import expect

from surveys.models import Invitation, Mail
from tests.browser import VIEWPORTS, axe_violations, enter, opened, overflow
from tests.factories import make_member
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mailing():
    """One that has something of everything."""
    mailing = make_mailing(
        name="Visitors of last month", state="paused", reminders=1, trouble="550 looks like spam"
    )
    make_mailing(mailing.survey, name="Visitors of this month")
    long = "a.customer.with.quite.a.long.address.indeed@department.of.an.organisation.example.org"
    for fields in (
        {"email": long, "name": "Anna Novak-Mountbatten"},
        {"state": "skipped", "skipped_because": "cap", "due_at": None},
        *[{"sent_at": NOW, "is_started": True, "is_finished": True}] * 5,
        {"sent_at": NOW, "state": "bounced"},
    ):
        make_invitation(mailing, **fields)
    gone = make_invitation(mailing, sent_at=NOW)
    Invitation.objects.filter(pk=gone.pk).update(email="", address_hash=b"x" * 32)
    Mail.objects.create(
        invitation=make_invitation(mailing, sent_at=NOW),
        turn=0,
        state="doubtful",
        claim="0" * 32,
        place=0,
        claimed_at=NOW,
        sent_at=NOW,
        message_id="<x@y>",
    )
    return mailing


@pytest.fixture
def page(browser, live_server):
    with opened(browser) as page:
        enter(page, live_server, make_member("editor"))
        yield page


@pytest.mark.parametrize("where", ["", "new/", "{}/", "{}/recipients/", "{}/change/", "{}/preview/"])
def test_pages_of_invitations_are_for_everybody(page, live_server, mailing, where):
    page.goto(f"{live_server.url}/surveys/{mailing.survey_id}/invitations/{where.format(mailing.pk)}")

    assert axe_violations(page) == {}
    page.set_viewport_size(VIEWPORTS["phone"])
    assert overflow(page) == 0


@pytest.mark.parametrize("where", ["", "{}/recipients/"])
def test_lists_are_cards_on_a_phone(page, live_server, mailing, where):
    """Nothing has to be scrolled sideways, each value has its name, and it is still a table for who hears it."""
    page.set_viewport_size(VIEWPORTS["phone"])
    page.goto(f"{live_server.url}/surveys/{mailing.survey_id}/invitations/{where.format(mailing.pk)}")

    table = page.locator("table.stacked")
    assert table.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth")
    expect(table.locator("td[data-label='State']").first).to_be_visible()
    expect(page.get_by_role("row").nth(1).get_by_role("cell").first).to_be_visible()


def test_doubtful_mail_is_sent_again_with_the_keyboard(page, live_server, mailing):
    page.goto(f"{live_server.url}/surveys/{mailing.survey_id}/invitations/{mailing.pk}/")

    page.get_by_role("button", name="Send 1 mail again").press("Enter")

    expect(page.get_by_text("The doubtful mails go out again")).to_be_visible()
    assert Mail.objects.get().state == "deferred"
