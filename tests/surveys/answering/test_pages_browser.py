"""The customer's page in a browser: what it shows to whoever comes back, and where a mistake leads."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.answering import places
from surveys.models import Survey
from tests.browser import axe_violations, opened, overflow
from tests.factories import make_draft, make_published, make_review_form, make_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def version():
    draft = make_draft(make_survey(slug="service"))
    draft.questions.filter(measure__key="knowledge").update(is_required=True)
    return make_published(draft=draft)


def rate(page, *keys):
    for key in keys:
        page.locator(f"[name={key}][value='4']").check(force=True)


def test_a_customer_who_goes_back_finds_the_answers_counted(browser, live_server, version):
    with opened(browser, "phone") as page:
        page.goto(f"{live_server.url}/s/service/")
        rate(page, "quality", "speed", "knowledge")
        page.get_by_role("button", name="Send my answers").click()
        page.wait_for_url("**/thanks/**")
        page.go_back()

        expect(page.locator("[name=speed][value='4']")).to_be_checked()
        expect(page.get_by_text("3 of 5 answered")).to_be_visible()


def test_the_link_of_a_mistake_leads_to_where_its_question_can_be_read(browser, live_server, version):
    with opened(browser, "phone") as page:
        page.goto(f"{live_server.url}/s/service/")
        rate(page, "quality", "speed", "overall")
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_role("link", name="How was the knowledge?").click()

        expect(page.locator(".question.wrong legend")).to_be_in_viewport(ratio=1)
        expect(page.locator(".question.wrong .steps")).to_be_in_viewport(ratio=1)


@pytest.mark.once
def test_a_survey_that_closed_meanwhile_gives_the_answers_back_on_an_accessible_page(
    browser, live_server, version
):
    with opened(browser, "phone") as page:
        page.goto(f"{live_server.url}/s/service/")
        rate(page, "quality", "speed", "knowledge")
        Survey.objects.update(
            opens_at=timezone.now() - timedelta(hours=2), closes_at=timezone.now() - timedelta(hours=1)
        )
        places.forget()
        page.get_by_role("button", name="Send my answers").click()

        expect(page.get_by_role("heading", name="Your answers were not stored")).to_be_visible()
        expect(page.get_by_text("4 Good")).to_have_count(3)
        assert (axe_violations(page), overflow(page)) == ({}, 0)


def test_what_is_kept_on_the_device_says_nothing_of_who_answers(browser, live_server):
    make_review_form(slug="review")

    with opened(browser, "phone") as page:
        page.goto(f"{live_server.url}/s/review/")
        rate(page, "quality")
        page.get_by_label("Your name, as it may be shown").fill("Ana")
        page.get_by_label("Your e-mail").fill("ana@example.org")
        page.locator("#about-may-publish").check(force=True)
        counted = page.locator("[data-answered-words]").inner_text()
        page.reload()

        expect(page.locator("[name=quality][value='4']")).to_be_checked()
        expect(page.locator("#about-may-publish")).not_to_be_checked()
        expect(page.get_by_label("Your e-mail")).to_have_value("")
        kept = page.evaluate("JSON.stringify(localStorage)")

    assert ("1 of 6" in counted, "quality" in kept, "na" in kept.replace("quality", "")) == (
        True,
        True,
        False,
    )
