"""Leaving an alert by the link of its mail: by a person, by a mail program, and by nobody who only looks."""

import pytest
from django.test import Client

from reports.alerts.leaving import token_of
from reports.models import AlertRecipient
from tests.factories import make_alert, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return f"/reports/stop/{token_of(make_alert(make_published().survey).recipients.get())}/"


@pytest.fixture
def stranger():
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing(address, stranger):
    answer = stranger.get(address)

    assert "No more mails of “Low scores”?" in answer.content.decode()
    assert (answer.headers["Cache-Control"], answer.cookies) == ("private, no-store", {})
    assert AlertRecipient.objects.exists()


@pytest.mark.parametrize("data", [{"wish": "leave"}, {"List-Unsubscribe": "One-Click"}], ids=str)
def test_a_post_leaves_and_a_second_does_no_harm(address, stranger, data):
    answers = [stranger.post(address, data) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert "You are not told any more" in answers[0].content.decode()
    assert not AlertRecipient.objects.exists()


@pytest.mark.parametrize("data", [{}, {"wish": "x"}], ids=str)
def test_a_post_that_says_nothing_changes_nothing(address, stranger, data):
    assert stranger.post(address, data).status_code == 400
    assert AlertRecipient.objects.exists()


@pytest.mark.parametrize("token", ["x", "1:x", "%F0%9F%98%80"])
def test_a_link_that_is_not_whole_leads_nowhere(address, stranger, token):
    assert stranger.post(f"/reports/stop/{token}/").status_code == 404
    assert AlertRecipient.objects.exists()
