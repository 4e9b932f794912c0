import pytest
from django.urls import reverse

from organisation.enums import Role
from reviews.enums import ReviewState
from reviews.models import Erasure, Reply, Review
from tests.factories import make_location, make_member, make_mention, make_review
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_member(Role.EDITOR))
    return client


def url(review, name="erase"):
    return reverse(f"reviews:{name}", args=[review.pk])


def test_a_page_asks_first_and_changes_nothing(editor):
    review = make_review("Kind people")

    page = editor.get(url(review))

    review.refresh_from_db()
    assert (page.status_code, review.text, Erasure.objects.count()) == (200, "Kind people", 0)
    assert url(review) in editor.get(url(review, "review")).content.decode()


def test_the_page_says_afterwards_who_erased_it_and_why(editor):
    review = make_review("Kind people")

    page = editor.post(url(review), {"reason": "customer"}, follow=True).content.decode()

    assert "Kind people" not in page
    assert "The customer asks for it" in page
    assert url(review) not in page


@pytest.mark.parametrize("data", [{}, {"reason": "because"}, {"reason": "a\0b"}])
def test_without_a_reason_nothing_is_erased(editor, data):
    review = make_review("Kind people")

    assert editor.post(url(review), data).status_code in {400, 422}
    review.refresh_from_db()
    assert review.text == "Kind people"


def test_replies_go_where_they_are_ticked(editor):
    review = make_review("Kind people")
    Reply.objects.create(review=review, text="Thanks", written_at=NOW, written_by=make_member())

    editor.post(url(review), {"reason": "customer", "with_replies": "on"})

    assert not Reply.objects.exists()


def test_managers_erase_nothing_and_are_offered_nothing(client):
    here = make_location()
    review = make_review("Kind people", location=here)
    client.force_login(make_member(locations=[here]))

    refused = client.post(url(review), {"reason": "customer"})
    page = client.get(url(review, "review")).content.decode()

    review.refresh_from_db()
    assert (refused.status_code, review.text, url(review) in page) == (403, "Kind people", False)


def test_a_mention_that_was_erased_can_still_be_looked_at(editor):
    mention = make_mention("Kind people")

    editor.post(url(mention), {"reason": "named"})

    assert editor.get(url(mention, "review")).status_code == 200
    assert "Kind people" not in editor.get(reverse("reviews:comments")).content.decode()


def test_the_public_page_says_that_it_was_erased_and_keeps_the_score(editor, client):
    here = make_location(code="mill")
    review = make_review("Kind people", location=here)
    Review.objects.filter(pk=review.pk).update(state=ReviewState.PUBLISHED, published_on=NOW.date())
    Reply.objects.create(review=review, text="Thank you", written_at=NOW, written_by=make_member())

    editor.post(url(review), {"reason": "customer"})

    page = client.get(reverse("at:location", args=["mill"])).content.decode()
    assert "Kind people" not in page
    assert "What the customer said here was erased." in page
    assert "Thank you" in page
    assert "<b>5.0</b>" in page
