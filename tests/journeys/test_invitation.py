"""An invitation from the mail to the answer: received by a real mail server, opened, half answered, taken up on another
device, sent, and opened once more.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organisation.text import LONGEST_TEXT
from surveys.actions.sending import send_due
from surveys.enums import Kind
from surveys.models import Invitation, Response, SurveyDraft
from tests.browser import axe_violations, opened, overflow
from tests.factories import (
    make_draft,
    make_invitation,
    make_mailing,
    make_published,
    make_question,
    make_survey,
)
from tests.servers.processes import wait_until
from tests.servers.smtp import SmtpServer

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link(settings, tmp_path, live_server):
    """The link in the mail that came."""
    settings.DATA_DIR = tmp_path
    draft = make_draft(make_survey(slug="service"))
    make_question(draft, 6, key="why", kind=Kind.TEXT)
    version = make_published(draft=draft)
    make_invitation(make_mailing(version.survey, state="sending", origin=live_server.url))
    with SmtpServer() as server:
        settings.MAILERS = server.mailers()
        send_due(clock=timezone.now, until=timezone.now() + timedelta(seconds=5))
        (mail,) = server.mails
    return next(word for word in mail.text.split() if "/i/" in word and "unsubscribe" not in word)


def rate(page, key, rating):
    page.locator("label", has=page.locator(f"#q-{key}-{rating}")).click()


def test_an_invitation_is_begun_here_and_finished_there(browser, link):
    with opened(browser, size="phone", has_touch=True) as phone:
        phone.goto(link)
        assert phone.url.endswith("/s/service/invited/"), "nothing in the address says who it is"
        rate(phone, "quality", 5)
        rate(phone, "speed", 2)
        expect(phone.get_by_text("Saved. You can go on later")).to_be_visible()
        wait_until(lambda: SurveyDraft.objects.filter(answers={"quality": ["5"], "speed": ["2"]}))
        assert overflow(phone) == 0
        assert axe_violations(phone) == {}

    with opened(browser) as computer:
        computer.goto(link)
        expect(computer.locator("#q-quality-5")).to_be_checked()
        expect(computer.locator("#q-speed-2")).to_be_checked()
        rate(computer, "overall", 4)
        computer.get_by_role("button", name="Send my answers").click()
        computer.wait_for_url("**/invited/thanks/**")
        computer.goto(link)
        expect(computer.get_by_role("heading", name="You have answered already")).to_be_visible()
        assert axe_violations(computer) == {}

    assert Response.objects.get().ratings == "52--4."
    assert SurveyDraft.objects.count() == 0
    assert Invitation.objects.get().is_finished


def test_a_text_of_the_greatest_length_is_saved_as_it_is_typed(browser, link):
    """More than a browser lets outlive the page: 120 kilobytes on their way."""
    text = "\N{GRINNING FACE}" * LONGEST_TEXT
    with opened(browser, size="phone") as phone:
        phone.goto(link)
        phone.locator("textarea").focus()
        phone.keyboard.insert_text(text)
        expect(phone.get_by_text("Saved. You can go on later")).to_be_visible()

    assert SurveyDraft.objects.get().answers == {"why": [text]}


def test_an_invitation_is_saved_and_left_without_a_script(browser, link):
    with opened(browser, java_script_enabled=False) as page:
        page.goto(link)
        rate(page, "quality", 3)
        page.get_by_role("button", name="Save and go on later").click()
        expect(page.get_by_role("heading", name="Your answers are saved")).to_be_visible()
        page.get_by_role("link", name="Go on answering now").click()
        expect(page.locator("#q-quality-3")).to_be_checked()

        page.goto(f"{link}unsubscribe/")
        page.get_by_role("button", name="Stop invitations").click()
        expect(page.get_by_role("heading", name="You will get no more invitations")).to_be_visible()
        page.goto(link)
        page.get_by_role("link", name="Answer all the same").click()
        expect(page.locator("#q-quality-3")).to_be_checked()
        page.goto(f"{link}unsubscribe/")
        page.get_by_role("button", name="Get invitations again").click()
        expect(page.get_by_role("button", name="Stop invitations")).to_be_visible()
