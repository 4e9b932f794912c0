"""A text of the greatest length, pasted into a review form: whole in the database and for staff, cut for the public."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from organisation.enums import Role
from organisation.text import LONGEST_TEXT
from reviews.actions.hearing import hear_pending
from reviews.enums import ReviewState
from reviews.models import Review
from surveys.models import Response
from tests.browser import axe_violations, enter, opened, overflow
from tests.factories import make_location, make_member, make_review_form
from tests.factories.surveys import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
END = " The last word is parrot"
LONG = ("Long queue, kind people. " * LONGEST_TEXT)[: LONGEST_TEXT - len(END)] + END


@pytest.fixture
def address(live_server):
    make_location(code="mill")
    make_review_form(slug="review")
    return f"{live_server.url}/s/review/?at=mill"


def test_a_text_of_the_greatest_length_arrives_whole(browser, live_server, address):
    with opened(browser, "phone") as page:
        page.goto(address)
        page.locator("textarea").focus()
        page.keyboard.insert_text(LONG)
        expect(page.locator(".counter")).to_have_text(f"{LONGEST_TEXT} / {LONGEST_TEXT}")
        page.get_by_role("checkbox", name="publish").check()
        page.locator("form[data-draft] button[type=submit]").last.click()
        page.wait_for_url("**/thanks/**")
    assert Response.objects.get().answers == {"comment": LONG}

    hear_pending()
    review = Review.objects.get()
    Review.objects.update(state=ReviewState.PUBLISHED, published_on=NOW.date())
    with opened(browser, "phone", java_script_enabled=False) as page:
        page.goto(f"{live_server.url}{reverse('at:location', args=['mill'])}")
        last = page.get_by_text("The last word is parrot")
        expect(last).to_be_hidden()
        page.get_by_text("Read more").click()
        expect(last).to_be_visible()
    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(f"{live_server.url}{reverse('reviews:review', args=[review.pk])}")
        expect(page.get_by_text("The last word is parrot").first).to_be_visible()
        assert (axe_violations(page), overflow(page)) == ({}, 0)


def test_a_text_that_is_longer_comes_back_whole_with_a_reason(browser, address):
    with opened(browser, "phone") as page:
        page.goto(address)
        page.locator("textarea").focus()
        page.keyboard.insert_text(f"{LONG}!!")
        page.locator("form[data-draft] button[type=submit]").last.click()

        expect(page.get_by_text(f"Please use at most {LONGEST_TEXT} characters").first).to_be_visible()
        assert page.locator("textarea").input_value() == LONG + "!!"
        assert (axe_violations(page), overflow(page)) == ({}, 0)
    assert not Response.objects.exists()
