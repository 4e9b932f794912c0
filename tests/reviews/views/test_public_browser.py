"""What customers write runs on no page, public or staff, in a real browser; and every page is fit to use."""

import pytest
from django.urls import reverse

from organisation.enums import Role
from reviews.enums import ReviewState
from reviews.models import Reply, Review
from tests.browser import axe_violations, enter, opened, overflow
from tests.factories import (
    make_label,
    make_location,
    make_member,
    make_mention,
    make_mention_file,
    make_note,
    make_review,
    make_review_place,
)
from tests.factories.surveys import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
ATTACK = (
    "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 1'>\" autofocus onfocus=window.ran=1 "
    "\u202egnp.exe\u202c zero\u200bwidth " + "x" * 300
)


@pytest.fixture
def review():
    editor, place = make_member(Role.EDITOR), make_location(code="mill")
    found = make_review(ATTACK, name=ATTACK[:100], location=place)
    Review.objects.filter(pk=found.pk).update(state=ReviewState.PUBLISHED, published_on=NOW.date())
    Reply.objects.create(review=found, text=ATTACK, written_at=NOW, written_by=editor)
    make_note(said=ATTACK, did=ATTACK, by=editor)
    make_review_place(name=ATTACK[:60])
    label = make_label(name=ATTACK[:40])
    link = "https://stars.example/'onmouseover='window.ran=1'"
    mention = make_mention(ATTACK, author=ATTACK[:100], source_name=ATTACK[:60], link=link, location=place)
    mention.labels.add(label)
    make_mention_file(editor, f"{ATTACK[:90]}\n{ATTACK[:90]}\n")
    return found


def test_the_public_page_runs_nothing_and_is_accessible(browser, live_server, review):
    with opened(browser) as page:
        page.goto(f"{live_server.url}{reverse('at:location', args=['mill'])}")

        assert page.evaluate("window.ran") is None
        assert (axe_violations(page), overflow(page)) == ({}, 0)


@pytest.mark.parametrize("name", ["queue", "review", "notes", "places", "comments", "mention_files"])
def test_staff_pages_run_nothing_and_are_accessible(browser, live_server, review, name):
    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        address = reverse(f"reviews:{name}", args=[review.pk] if name == "review" else [])
        page.goto(f"{live_server.url}{address}{'?state=published' if name == 'queue' else ''}")

        assert page.evaluate("window.ran") is None
        assert (axe_violations(page), overflow(page)) == ({}, 0)
