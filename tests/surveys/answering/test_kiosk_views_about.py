"""What a kiosk of a review form keeps of a customer besides the answers."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.actions.erasing import erase_old_contacts
from surveys.models import Contact, Response
from tests.factories import make_kiosk, make_published, make_review_form, make_survey
from tests.surveys.answering.kiosks import address_of, body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = make_published(make_survey(slug="service"))
    make_kiosk(version.survey)
    return version


def send(client, body, action="send", slug="service"):
    return client.post(f"/kiosk/{slug}/{action}/", body, content_type="application/json")


ABOUT = {
    "your-name": ["Ana"],
    "your-email": ["ana@example.org"],
    "may-contact": ["yes"],
    "may-publish": ["yes"],
}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"about": ABOUT}, [("Ana", "ana@example.org", True, True)]),
        ({"about": {}}, []),
        ({}, []),
        ({"about": ABOUT, "abandoned": True}, []),
        ({"about": {**ABOUT, "your-email": ["ana at home"]}}, [("Ana", "", True, False)]),
        ({"about": {**ABOUT, "may-contact": []}}, [("Ana", "", True, False)]),
        ({"about": {**ABOUT, "your-name": ["x" * 101]}}, [("", "", True, False)]),
        ({"about": {"your-phone": ["soon"], "may-contact": ["yes"]}}, []),
    ],
)
def test_send_of_a_review_keeps_what_the_customer_agreed_to_and_never_loses_the_answers(client, given, kept):
    version = make_review_form()
    make_kiosk(version.survey)

    sent = send(
        client, {**body_of(version), "answers": {"overall": ["4"]}, **given}, slug=version.survey.slug
    )

    assert (sent.status_code, Response.objects.get().ratings) == (200, "----4.")
    fields = ("name", "email", "consent_publish", "consent_contact")
    assert list(Contact.objects.values_list(*fields)) == kept


@pytest.mark.parametrize(
    ("about", "left"),
    [(ABOUT, [("Ana", "")]), ({**ABOUT, "may-publish": []}, []), ({"your-name": ["Ana"]}, [])],
)
def test_send_hears_long_after_that_it_is_stored_though_the_contact_was_erased_for_its_age(
    client, about, left
):
    version = make_review_form()
    make_kiosk(version.survey)
    body = {**body_of(version), "answers": {"overall": ["4"]}, "about": about}
    send(client, body, slug=version.survey.slug)
    Response.objects.update(received_on=timezone.now().date() - timedelta(days=400))
    erase_old_contacts(now=timezone.now())

    again = send(client, body, slug=version.survey.slug)
    other = send(client, {**body, "answers": {"overall": ["1"]}}, slug=version.survey.slug)

    assert (again.status_code, again.json(), other.status_code) == (200, {"is_new": False}, 409)
    assert list(Contact.objects.values_list("name", "email")) == left


def test_send_with_another_contact_within_its_days_is_refused(client):
    version = make_review_form()
    make_kiosk(version.survey)
    body = {**body_of(version), "answers": {"overall": ["4"]}}
    send(client, body, slug=version.survey.slug)

    assert send(client, {**body, "about": ABOUT}, slug=version.survey.slug).status_code == 409


def test_send_to_another_survey_keeps_nothing_about_the_customer(client, version):
    sent = send(client, {**body_of(version), "about": ABOUT})

    assert (sent.status_code, Contact.objects.count()) == (200, 0)


@pytest.mark.parametrize("about", ["Ana", {"your-name": "Ana"}, {"your-name": [1]}, None])
def test_send_of_what_no_kiosk_says_about_a_customer_is_not_ours(client, version, about):
    assert send(client, {**body_of(version), "about": about}).status_code == 400


def test_kiosk_of_a_review_form_asks_about_the_customer_and_its_browser_remembers_nothing(client, version):
    review_form = make_review_form()
    make_kiosk(review_form.survey)

    asked = client.get(address_of(review_form)).content.decode()
    other = client.get(address_of(version)).content.decode()

    assert set(re.findall(r'name="((?:your|may)-[a-z]+)"', asked)) == {*ABOUT, "your-phone"}
    assert set(re.findall(r'autocomplete="([^"]*)"', asked)) == {"off"}
    assert "your-name" not in other
