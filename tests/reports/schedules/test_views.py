from datetime import time

import pytest

from organisation.enums import Role
from reports.models import Schedule, SentReport
from reports.schedules import actions
from tests.factories import make_location, make_member, make_published, make_schedule

pytestmark = pytest.mark.django_db
SCHEDULES, NEW = "/reports/schedules/", "/reports/schedules/new/"


@pytest.fixture
def survey():
    return make_published().survey


@pytest.fixture
def place():
    return make_location()


@pytest.fixture
def member(client, place):
    member = make_member(Role.MANAGER, locations=[place])
    client.force_login(member)
    return member


def given(member, **changes):
    usual = {
        "name": "Monday",
        "period": "30",
        "step": "week",
        "weekday": "0",
        "at": "07:00",
        "time_zone": "",
        "recipients": [member.pk],
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def words(response):
    return " ".join(response.content.decode().split())


def test_a_report_is_sent_regularly_from_its_own_address(client, survey, member, place):
    page = client.get(f"{NEW}?survey={survey.slug}&location={place.code}&period=7")
    assert f"{survey.name} · 7 days · {place.name}" in words(page)

    answer = client.post(
        f"{NEW}?survey={survey.slug}&location={place.code}", given(member), headers={"host": "testserver"}
    )

    made = Schedule.objects.get()
    assert answer["Location"] == SCHEDULES
    assert made.filters == f"survey={survey.slug}&location={place.code}&period=30"
    assert (made.owner, made.weekday, made.at, made.origin) == (member, 0, time(7), "http://testserver")


def test_days_in_figures_become_a_period_that_moves(client, survey, member):
    client.post(f"{NEW}?survey={survey.slug}&from=2026-01-01&to=2026-01-31", given(member, period="90"))

    assert Schedule.objects.get().filters == f"survey={survey.slug}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"period": "8"}, "period"),
        ({"step": "hour"}, "step"),
        ({"weekday": None}, "weekday"),
        ({"weekday": "7"}, "weekday"),
        ({"step": "month", "month_day": "32"}, "month_day"),
        ({"step": "month", "month_day": ""}, "month_day"),
        ({"at": "25:00"}, "at"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"recipients": []}, "recipients"),
        ({"recipients": ["99999999999999999999"]}, "recipients"),
        ({"recipients": ["x"]}, "recipients"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_beside_its_field(client, survey, member, change, field):
    answer = client.post(f"{NEW}?survey={survey.slug}", given(member, **change))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Schedule.objects.exists()


def test_nobody_is_sent_to_who_is_not_offered(client, survey, member):
    stranger = make_member(Role.MANAGER, locations=[make_location()])

    answer = client.post(f"{NEW}?survey={survey.slug}", given(member, recipients=[stranger.pk]))

    assert answer.status_code == 422
    assert stranger.email not in words(answer)


def test_what_cannot_be_read_cannot_be_sent(client, survey, member):
    elsewhere = make_location()

    assert client.get(f"{NEW}?location={elsewhere.code}").status_code == 400
    assert client.post(f"{NEW}?location={elsewhere.code}", given(member)).status_code == 400
    assert not Schedule.objects.exists()


def test_there_is_an_end_to_how_many(client, survey, member, monkeypatch):
    monkeypatch.setattr(actions, "MOST_SCHEDULES", 0)

    answer = client.post(NEW, given(member))

    assert answer.status_code == 422
    assert "as many schedules as one can have" in words(answer)


def test_without_a_survey_there_is_nothing_to_send(client, member):
    assert client.get(NEW).status_code == 200
    assert "no" in words(client.get(SCHEDULES)).lower()


def test_changing_keeps_whoever_got_it(client, survey, member):
    other = make_member(Role.MANAGER, locations=[make_location()])
    schedule = make_schedule(survey, owner=member, recipients=[member, other], time_zone="Asia/Manila")
    address = f"{SCHEDULES}{schedule.pk}/"
    assert other.email in words(client.get(address))

    answer = client.post(address, given(member, name="Other", recipients=[member.pk, other.pk]))

    schedule.refresh_from_db()
    assert answer["Location"] == SCHEDULES
    assert (schedule.name, schedule.time_zone, schedule.recipients.count()) == ("Other", "", 2)


def test_pausing_resuming_and_removing(client, survey, member):
    schedule = make_schedule(survey, owner=member)
    address = f"{SCHEDULES}{schedule.pk}/"

    client.post(f"{address}pause/")
    assert not Schedule.objects.get().is_active
    assert "Paused" in words(client.get(SCHEDULES))
    assert f'action="{address}resume/"' in client.get(address).content.decode()
    client.post(f"{address}resume/")
    assert f'action="{address}resume/"' not in client.get(address).content.decode()
    assert f"Remove “{schedule}”?" in words(client.get(f"{address}remove/"))
    assert Schedule.objects.get().is_active
    client.post(f"{address}remove/")
    assert not Schedule.objects.exists()


def test_a_schedule_has_the_charts_that_were_ticked(client, survey, member):
    page = client.get(f"{NEW}?survey={survey.slug}&chart=trend")
    assert page.context["form"].initial["charts"] == ["trend"]

    client.post(f"{NEW}?survey={survey.slug}", given(member, charts=["trend", "means"]))

    made = Schedule.objects.get()
    assert made.charts == ["means", "trend"]
    assert client.get(f"{SCHEDULES}{made.pk}/").context["form"].initial["charts"] == ["means", "trend"]
    client.post(f"{SCHEDULES}{made.pk}/", given(member, charts=[]))
    made.refresh_from_db()
    assert made.charts == []


def test_a_chart_that_there_is_not_is_refused(client, survey, member):
    answer = client.post(f"{NEW}?survey={survey.slug}", given(member, charts=["ghost"]))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["charts"])


def test_its_page_says_who_gets_it_when_by_their_clock(client, survey, member):
    other = make_member(Role.MANAGER, locations=[make_location(time_zone="Asia/Manila")])
    schedule = make_schedule(survey, owner=member, recipients=[member, other], time_zone="")
    schedule.recipients.filter(member=member).update(stopped_because="places", stopped_at=schedule.made_at)

    page = words(client.get(f"{SCHEDULES}{schedule.pk}/"))

    assert 'Wed 1 Apr 2026, 07:00</time> <span class="muted small">Asia/Manila' in page
    assert "Not sent</span> Can no longer see all that the report is about" in page
    assert "1 not reached" in words(client.get(SCHEDULES))


def test_one_is_sent_now_to_whoever_asks(client, survey, member):
    schedule = make_schedule(survey, owner=member, recipients=[make_member()])
    address = f"{SCHEDULES}{schedule.pk}/"
    assert "Send me one now" in words(client.get(address))

    said = [words(client.post(f"{address}now/", follow=True)) for _time in range(2)]

    assert [sent.member for sent in SentReport.objects.all()] == [member]
    assert f"One is on its way to {member.email}" in said[0]
    assert "still on its way" in said[1]


def test_nothing_is_sent_of_what_cannot_be_read(client, survey, member):
    schedule = make_schedule(survey, owner=member, filters=f"survey={survey.slug}&location=gone")

    answer = client.post(f"{SCHEDULES}{schedule.pk}/now/")

    assert answer.status_code == 302
    assert not SentReport.objects.exists()


@pytest.mark.parametrize("what", ["", "now/", "pause/", "resume/", "remove/"])
def test_somebody_elses_is_not_there(client, survey, member, what):
    schedule = make_schedule(survey)

    assert client.post(f"{SCHEDULES}{schedule.pk}/{what}").status_code == 404
    assert Schedule.objects.get().is_active


def test_looking_changes_nothing(client, survey, member):
    schedule = make_schedule(survey, owner=member)

    for what in ("now/", "pause/", "resume/"):
        assert client.get(f"{SCHEDULES}{schedule.pk}/{what}").status_code == 405
    client.get(SCHEDULES)
    client.get(f"{NEW}?name=x&step=day")
    assert Schedule.objects.count() == 1
