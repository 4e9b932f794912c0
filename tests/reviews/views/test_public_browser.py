"""What customers write runs on no page, public or staff, in a real browser; and every page is fit to use."""

import pytest
from django.urls import reverse

from organisation.enums import Role
from reviews.actions.erasing import erase_review
from reviews.enums import ErasureReason, ReviewKind, ReviewState
from reviews.models import MentionFile, Reply, Review
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
    found = make_review(f"{ATTACK} {'long ' * 500}", name=ATTACK[:100], location=place)
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


def address_of(name, review):
    """The page of that name, with something of the attacker's on it."""
    if name == "queue":
        return f"{reverse('reviews:queue')}?state=published"
    if name in {"review", "erase"}:
        return reverse(f"reviews:{name}", args=[review.pk])
    if name == "answer_mention":
        return reverse("reviews:answer_mention", args=[Review.objects.get(kind=ReviewKind.MENTION).pk])
    if name == "mention_file":
        return reverse("reviews:mention_file", args=[MentionFile.objects.get().pk])
    return reverse(f"reviews:{name}")


@pytest.mark.parametrize(
    "name",
    [
        *("queue", "review", "erase", "ranking", "comments"),
        *("mention_files", "add_mention", "mention_file", "answer_mention"),
        *("notes", "add_note", "places", "add_place"),
    ],
)
def test_staff_pages_run_nothing_and_are_accessible(browser, live_server, review, name):
    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(f"{live_server.url}{address_of(name, review)}")

        assert page.evaluate("window.ran") is None
        assert (axe_violations(page), overflow(page)) == ({}, 0)


def test_an_erased_review_is_fit_to_read_for_staff_and_in_public(browser, live_server, review):
    editor = make_member(Role.EDITOR)
    erase_review(review=review, reason=ErasureReason.CUSTOMER, by=editor, now=NOW)

    with opened(browser) as page:
        enter(page, live_server, editor)
        for address in (reverse("reviews:review", args=[review.pk]), reverse("at:location", args=["mill"])):
            page.goto(f"{live_server.url}{address}")

            assert (axe_violations(page), overflow(page)) == ({}, 0)


def test_the_button_of_a_file_stands_apart_from_its_box(browser, live_server, review):
    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(f"{live_server.url}{reverse('reviews:mention_files')}")

        box, button = (page.locator(one).bounding_box() for one in (".file-drop", ".import-form button"))
        assert button["y"] - (box["y"] + box["height"]) >= 8
