"""Alerts by their addresses, and their form."""

from decimal import Decimal

import pytest

from organisation.enums import Role
from reports.alerts import actions
from reports.alerts.checking import check
from reports.models import Alert, AlertRecipient
from tests.factories import make_alert, make_location, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db
ALERTS, NEW = "/reports/alerts/", "/reports/alerts/new/"


@pytest.fixture
def survey():
    return make_published().survey


@pytest.fixture
def member(client):
    member = make_member(Role.MANAGER, locations=[make_location()])
    client.force_login(member)
    return member


def given(*recipients, **changes):
    usual = {
        "recipients": [one.pk for one in recipients],
        "name": "Low",
        "dimension": "speed",
        "kind": "mean_below",
        "threshold": "3.5",
        "period": "30",
        "hours": "24",
    }
    return {**usual, **changes}


def words(response):
    return " ".join(response.content.decode().split())


def test_an_alert_is_asked_for_from_a_report(client, survey, member):
    place = member.locations.get()
    assert place.name in words(client.get(f"{NEW}?survey={survey.slug}&location={place.code}"))

    client.post(
        f"{NEW}?survey={survey.slug}&location={place.code}&from=2026-01-01&to=2026-01-31", given(member)
    )

    alert = Alert.objects.get()
    assert alert.filters == f"survey={survey.slug}&dimension=speed&location={place.code}&period=30"
    assert (alert.owner, alert.threshold) == (member, Decimal("3.5"))
    assert [row.member for row in alert.recipients.select_related("member")] == [member]
    assert "Not looked at yet" in words(client.get(ALERTS))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"dimension": "price"}, "dimension"),
        ({"kind": "other"}, "kind"),
        ({"threshold": ""}, "threshold"),
        ({"threshold": "5.01"}, "threshold"),
        ({"threshold": "NaN"}, "threshold"),
        ({"threshold": "9" * 400}, "threshold"),
        ({"kind": "share_below", "threshold": "101"}, "threshold"),
        ({"kind": "low_score", "threshold": "4.01"}, "threshold"),
        ({"dimension": ""}, "dimension"),
        ({"recipients": []}, "recipients"),
        ({"recipients": ["0"]}, "recipients"),
        ({"recipients": ["x"]}, "recipients"),
        ({"period": "8"}, "period"),
        ({"hours": "0"}, "hours"),
        ({"hours": "721"}, "hours"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_beside_its_field(client, survey, member, change, field):
    answer = client.post(NEW, given(member, **change))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_signal_has_no_threshold(client, survey, member):
    client.post(NEW, given(member, kind="signal"))

    assert Alert.objects.get().threshold is None


def test_what_cannot_be_read_cannot_be_watched(client, survey, member):
    assert client.post(f"{NEW}?location={make_location().code}", given(member)).status_code == 400


def test_there_is_an_end_to_how_many(client, survey, member, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ALERTS", 0)

    assert client.post(NEW, given(member)).status_code == 422


def test_pausing_resuming_and_removing(client, survey, member):
    address = f"{ALERTS}{make_alert(survey, owner=member).pk}/"

    client.post(f"{address}pause/")
    assert "Paused" in words(client.get(ALERTS))
    client.post(f"{address}resume/")
    assert Alert.objects.get().is_active
    assert "Remove “Low scores”?" in words(client.get(f"{address}remove/"))
    client.post(f"{address}remove/")
    assert not Alert.objects.exists()


def test_an_alert_is_changed(client, survey, member):
    alert = make_alert(survey, owner=member)
    address = f"{ALERTS}{alert.pk}/change/"
    assert 'value="3.00"' in words(client.get(address))

    other = make_member(Role.ADMINISTRATOR)
    client.post(address, given(member, other, name="Slow", kind="low_score", threshold="2", dimension=""))

    alert.refresh_from_db()
    assert (alert.name, alert.kind, alert.dimension, alert.threshold) == ("Slow", "low_score", "", 2)
    assert alert.filters == f"survey={survey.slug}&period=30"
    assert {row.member for row in alert.recipients.select_related("member")} == {member, other}


def test_whoever_is_told_already_may_go_on_being_told(client, survey, member):
    stranger = make_member(Role.MANAGER)
    alert = make_alert(survey, owner=member, recipients=[member, stranger])

    client.post(f"{ALERTS}{alert.pk}/change/", given(member, stranger))

    assert alert.recipients.count() == 2


def test_its_page_says_how_it_stands_and_what_was_told(client, survey, member):
    place = member.locations.get()
    counted(survey.live_version, *["55552"] * 6, location=place, on=NOW.date())
    alert = make_alert(survey, owner=member, filters=f"survey={survey.slug}&dimension=overall&period=all")
    page = f"{ALERTS}{alert.pk}/"
    assert "Nothing was told yet" in words(client.get(page))

    check(alert.recipients.get().pk, now=NOW)

    said = words(client.get(page))
    assert "Raised" in said
    assert "since 31 Mar 2026" in said
    assert said.count("Overall: 2.00 (") == 2
    assert "Overall: the mean falls below 3.00" in said


def test_what_may_not_be_told_has_no_state(client, survey, member):
    alert = make_alert(survey, owner=member)
    counted(survey.live_version, *["55551"] * 4, location=member.locations.get(), on=NOW.date())
    check(alert.recipients.get().pk, now=NOW)

    said = words(client.get(f"{ALERTS}{alert.pk}/"))

    assert "Not told" in said
    assert "There is no score to look at." in said


def test_what_others_are_told_is_not_shown(client, survey, member):
    other = make_member(Role.ADMINISTRATOR)
    counted(survey.live_version, *["55551"] * 6, location=make_location(), on=NOW.date())
    alert = make_alert(
        survey,
        owner=member,
        recipients=[other],
        filters=f"survey={survey.slug}&dimension=overall&period=all",
    )
    check(alert.recipients.get().pk, now=NOW)

    said = words(client.get(f"{ALERTS}{alert.pk}/"))

    assert "Tells others, not you" in said
    assert str(other) in said
    assert "Raised" not in said
    assert "1.00" not in said


def test_a_recipient_reads_its_page_leaves_and_changes_nothing(client, survey, member):
    alert = make_alert(survey, recipients=[member])
    page = f"{ALERTS}{alert.pk}/"
    assert "Tell me no more" in words(client.get(page))
    for what in ("pause/", "resume/", "remove/", "change/"):
        assert client.post(f"{page}{what}").status_code == 404

    client.post(f"{page}leave/")

    assert not alert.recipients.exists()
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("what", ["pause/", "resume/", "remove/", "leave/", "change/"])
def test_somebody_elses_is_not_there_and_looking_changes_nothing(client, survey, member, what):
    others, mine = make_alert(survey), make_alert(survey, owner=member)

    assert client.post(f"{ALERTS}{others.pk}/{what}").status_code == 404
    client.get(f"{ALERTS}{mine.pk}/{what}")
    assert Alert.objects.filter(is_active=True).count() == 2
    assert AlertRecipient.objects.count() == 2


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    client, survey, member, many, django_assert_max_num_queries
):
    for _number in range(many):
        make_alert(survey, owner=member)

    with django_assert_max_num_queries(12):
        client.get(ALERTS)
