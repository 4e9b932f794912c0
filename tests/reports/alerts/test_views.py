"""Alerts by their addresses, and their form."""

from decimal import Decimal

import pytest

from organisation.enums import Role
from reports.alerts import actions
from reports.models import Alert
from tests.factories import make_alert, make_location, make_member, make_published

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


def given(**changes):
    usual = {
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

    client.post(f"{NEW}?survey={survey.slug}&location={place.code}&from=2026-01-01&to=2026-01-31", given())

    alert = Alert.objects.get()
    assert alert.filters == f"survey={survey.slug}&dimension=speed&location={place.code}&period=30"
    assert (alert.owner, alert.threshold) == (member, Decimal("3.5"))
    assert "Not known yet" in words(client.get(ALERTS))


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
        ({"period": "8"}, "period"),
        ({"hours": "0"}, "hours"),
        ({"hours": "721"}, "hours"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_beside_its_field(client, survey, member, change, field):
    answer = client.post(NEW, given(**change))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_signal_has_no_threshold(client, survey, member):
    client.post(NEW, given(kind="signal"))

    assert Alert.objects.get().threshold is None


def test_what_cannot_be_read_cannot_be_watched(client, survey, member):
    assert client.post(f"{NEW}?location={make_location().code}", given()).status_code == 400


def test_there_is_an_end_to_how_many(client, survey, member, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ALERTS", 0)

    assert client.post(NEW, given()).status_code == 422


def test_pausing_resuming_and_removing(client, survey, member):
    address = f"{ALERTS}{make_alert(survey, owner=member).pk}/"

    client.post(f"{address}pause/")
    assert "Paused" in words(client.get(ALERTS))
    client.post(f"{address}resume/")
    assert Alert.objects.get().is_active
    client.post(f"{address}remove/")
    assert not Alert.objects.exists()


@pytest.mark.parametrize("what", ["pause/", "resume/", "remove/"])
def test_somebody_elses_is_not_there_and_looking_changes_nothing(client, survey, member, what):
    others, mine = make_alert(survey), make_alert(survey, owner=member)

    assert client.post(f"{ALERTS}{others.pk}/{what}").status_code == 404
    assert client.get(f"{ALERTS}{mine.pk}/{what}").status_code == 405
    assert Alert.objects.filter(is_active=True).count() == 2
