from datetime import timedelta

import pytest

from organisation.models import Organisation
from reviews.actions.hearing import hear_all_pending
from reviews.models import Review
from surveys.actions.erasing import erase_old_contacts, erase_texts
from surveys.actions.responses import Submission, store_response
from surveys.answering.answers import Answers
from surveys.models import Contact, Response
from surveys.tasks import erase_contacts
from tests.factories import make_response, make_review_form
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def make_contact(*, days=0, **fields):
    """Left so many days ago."""
    response = make_response(
        make_review_form(), "54435.", answers={"comment": "Kind"}, received_on=TODAY - timedelta(days=days)
    )
    given = {"name": "Ana", "email": "ana@example.org", "phone": "12345", "consent_contact": True, **fields}
    return Contact.objects.create(response=response, **given)


def left():
    return list(Contact.objects.order_by("response__received_on").values_list("name", "email", "phone"))


def keep(days):
    Organisation.objects.update_or_create(pk=1, defaults={"contact_days": days})


def test_contacts_go_once_they_are_older_than_they_are_kept():
    keep(30)
    for days in (30, 31, 400):
        make_contact(days=days)

    assert erase_old_contacts(now=NOW) == 2

    assert left() == [("Ana", "ana@example.org", "12345")]
    assert erase_old_contacts(now=NOW) == 0


def test_what_is_public_by_consent_stays_public():
    keep(30)
    contact = make_contact(days=31, consent_publish=True)
    hear_all_pending(clock=lambda: NOW)

    assert erase_old_contacts(now=NOW) == 1
    hear_all_pending(clock=lambda: NOW)

    assert left() == [("Ana", "", "")]
    review = Review.objects.get(response=contact.pk)
    assert (review.name, review.consent_publish, review.consent_contact) == ("Ana", True, False)


def test_no_day_keeps_contacts_for_good():
    keep(0)
    make_contact(days=4000)

    assert (erase_old_contacts(now=NOW), len(left())) == (0, 1)


def test_many_are_erased_a_part_at_a_time(monkeypatch):
    monkeypatch.setattr("surveys.actions.erasing.AT_ONCE", 1)
    keep(1)
    for _each in range(3):
        make_contact(days=9)

    assert (erase_old_contacts(now=NOW), left()) == (3, [])


def test_the_worker_erases_by_the_clock():
    keep(1)
    make_contact(days=9)

    erase_contacts()

    assert left() == []


def test_texts_and_contact_of_a_response_go_and_its_ratings_stay():
    contact = make_contact()

    erase_texts(response_id=contact.pk)

    assert Response.objects.values_list("ratings", "answers").get() == ("54435.", {})
    assert left() == []


def test_what_was_erased_is_thanked_when_it_comes_again_and_stays_away():
    response = Response.objects.get(pk=make_contact().pk)
    sent = Submission(
        id=response.pk,
        **{name: getattr(response, name) for name in ("version_id", "location_id", "touchpoint_id", "mode")},
        received_on=TODAY,
        received_at=None,
        is_review=True,
    )
    erase_texts(response_id=response.pk)

    is_new = store_response(submission=sent, answers=Answers(ratings="54435.", answers={"comment": "Kind"}))

    assert (is_new, left(), Response.objects.get().answers) == (False, [], {})
