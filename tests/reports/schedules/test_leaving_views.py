import pytest
from django.test import Client

from organisation.models import AuditEntry
from reports.models import ScheduleRecipient
from reports.schedules.leaving import leaving_token
from tests.factories import make_member, make_published, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule():
    owner = make_member()
    return make_schedule(
        make_published().survey, owner=owner, recipients=[owner, make_member()], language="en"
    )


@pytest.fixture
def address(schedule):
    return f"/reports/leave/{leaving_token(schedule=schedule.pk, member=schedule.owner_id)}/"


def words(answer):
    return " ".join(answer.content.decode().split())


def recipients():
    return ScheduleRecipient.objects.count()


def test_looking_changes_nothing(client, schedule, address):
    page = client.get(address)

    assert "No more of “Morning report”?" in words(page)
    assert recipients() == 2
    assert page.cookies == {}
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")


@pytest.mark.parametrize("data", [{"List-Unsubscribe": "One-Click"}, {"wish": "leave"}], ids=str)
def test_one_click_is_enough_without_a_cookie_and_twice_is_as_once(schedule, address, data):
    strict = Client(enforce_csrf_checks=True)

    answers = [strict.post(address, data) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "is no longer sent to you" in words(answers[1])
    assert not ScheduleRecipient.objects.filter(member=schedule.owner).exists()
    assert recipients() == 1
    assert list(AuditEntry.objects.values_list("action", "by")) == [("left", schedule.owner_id)]


@pytest.mark.parametrize("data", [{}, {"wish": "?"}, {"List-Unsubscribe": "Two"}, {"wish": "\0"}], ids=str)
def test_anything_else_is_not_understood(client, address, data):
    assert client.post(address, data).status_code == 400
    assert recipients() == 2


def test_it_is_said_in_the_language_of_the_mail(client, schedule, address):
    type(schedule.owner).objects.filter(pk=schedule.owner_id).update(language="da")

    assert 'lang="da"' in words(client.get(address))


def test_where_the_schedule_is_gone_it_says_so(client, schedule, address):
    schedule.delete()

    assert "no longer sent to anybody" in words(client.get(address))
    assert client.post(address, {"wish": "leave"}).status_code == 200


@pytest.mark.parametrize("token", ["x", "a:b", "%00", "x" * 3000, "%ED%A0%80"])
def test_what_nobody_was_given_is_not_there(client, schedule, token):
    assert client.get(f"/reports/leave/{token}/").status_code == 404
    assert client.post(f"/reports/leave/{token}/", {"wish": "leave"}).status_code == 404
    assert recipients() == 2
