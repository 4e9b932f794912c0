import pytest
from django.db import IntegrityError, transaction

from organisation.enums import Role
from organisation.models import AuditEntry
from reports.alerts import actions
from reports.alerts.actions import TooManyAlerts, add_alert, pause_alert, remove_alert, resume_alert
from reports.enums import AlertKind, AlertState
from reports.models import Alert
from tests.factories import make_alert, make_member, make_published
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return make_published().survey


def test_there_is_an_end_to_how_many(survey, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ALERTS", 1)
    member = make_member()
    values = {
        "name": "Low",
        "filters": f"survey={survey.slug}",
        "kind": AlertKind.SIGNAL,
        "dimension": "speed",
    }
    wish = {"values": values, "origin": "", "language": "en", "by": member, "now": NOW}
    add_alert(**wish)

    with pytest.raises(TooManyAlerts):
        add_alert(**wish)


def test_resuming_begins_afresh_and_each_deed_leaves_a_line(survey):
    alert = make_alert(survey, state=AlertState.RAISED, told_at=NOW, checked_at=NOW)

    pause_alert(alert=alert, by=alert.owner, now=NOW)
    resume_alert(alert=alert, by=alert.owner, now=NOW)

    alert.refresh_from_db()
    assert (alert.is_active, alert.state, alert.checked_at, alert.told_at) == (True, "unknown", None, NOW)
    remove_alert(alert=alert, by=alert.owner, now=NOW)
    deeds = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(deeds) == ["paused", "resumed", "removed"]


@pytest.mark.parametrize(
    "fields",
    [
        {"threshold": 0},
        {"threshold": 6},
        {"threshold": None},
        {"kind": AlertKind.SHARE_BELOW, "threshold": 101},
        {"kind": AlertKind.SIGNAL, "threshold": 3},
        {"kind": "other"},
        {"dimension": "price"},
        {"hours": 0},
        {"hours": 721},
        {"name": ""},
        {"filters": "survey=a&from=2026-01-01&to=2026-01-02"},
        {"state": AlertState.RAISED},
        {"language": "xx"},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_alert_can_be(survey, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_alert(survey, **fields)


def test_it_is_its_own_members_alone(survey):
    alert = make_alert(survey)

    assert list(Alert.objects.visible_to(alert.owner)) == [alert]
    assert not Alert.objects.visible_to(make_member(Role.ADMINISTRATOR)).exists()
