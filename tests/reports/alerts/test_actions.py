from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from organisation.enums import Role
from organisation.models import AuditEntry
from reports.alerts import actions
from reports.alerts.actions import (
    TooManyAlerts,
    Wish,
    add_alert,
    change_alert,
    leave_alert,
    pause_alert,
    remove_alert,
    resume_alert,
)
from reports.enums import AlertKind, AlertState
from reports.models import Alert, AlertRecipient, LowScore
from surveys.models import Version
from tests.factories import make_alert, make_member, make_published, make_response
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db
RAISED = {"state": AlertState.RAISED, "raised_at": NOW, "told_at": NOW, "checked_at": NOW, "signs": ["a"]}


@pytest.fixture
def survey():
    return make_published().survey


def note_low(alert):
    response = make_response(Version.objects.get())
    return LowScore.objects.create(recipient=alert.recipients.get(), response=response, found_at=NOW)


def wished(survey, *members, **changes):
    values = {
        "name": "Low",
        "filters": f"survey={survey.slug}",
        "kind": AlertKind.SIGNAL,
        "dimension": "speed",
    }
    return Wish({**values, **changes}, members)


def test_there_is_an_end_to_how_many(survey, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ALERTS", 1)
    member = make_member()
    wish = {"wish": wished(survey, member), "origin": "", "language": "en", "by": member, "now": NOW}
    add_alert(**wish)

    with pytest.raises(TooManyAlerts):
        add_alert(**wish)


def test_resuming_begins_afresh_and_each_deed_leaves_a_line(survey):
    alert = make_alert(survey, **RAISED)
    note_low(alert)

    pause_alert(alert=alert, by=alert.owner, now=NOW)
    resume_alert(alert=alert, by=alert.owner, now=NOW)

    recipient = alert.recipients.get()
    assert (alert.is_active, recipient.state, recipient.raised_at, recipient.checked_at) == (
        True,
        "unknown",
        None,
        None,
    )
    assert (recipient.signs, recipient.marks, recipient.low_scores.count()) == ([], {}, 0)
    remove_alert(alert=alert, by=alert.owner, now=NOW)
    deeds = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(deeds) == ["paused", "resumed", "removed"]


def test_resuming_what_is_not_paused_changes_nothing(survey):
    alert = make_alert(survey, **RAISED)

    resume_alert(alert=alert, by=alert.owner, now=NOW)

    assert alert.recipients.get().state == AlertState.RAISED


def test_what_is_about_something_else_begins_afresh(survey):
    alert = make_alert(survey, **RAISED)
    same = {"kind": alert.kind, "dimension": "overall", "threshold": 3, "filters": alert.filters}

    change_alert(alert=alert, wish=wished(survey, alert.owner, **same, name="New"), by=alert.owner, now=NOW)
    kept = alert.recipients.get().state
    lower = {**same, "threshold": 2}
    change_alert(alert=alert, wish=wished(survey, alert.owner, **lower, name="New"), by=alert.owner, now=NOW)

    assert (alert.name, kept, alert.recipients.get().state) == ("New", AlertState.RAISED, AlertState.UNKNOWN)


def test_others_are_chosen_and_whoever_stays_stays_as_they_are(survey):
    alert, other = make_alert(survey, **RAISED), make_member(Role.ADMINISTRATOR)
    same = {"kind": alert.kind, "dimension": "overall", "threshold": 3, "filters": alert.filters}

    change_alert(alert=alert, wish=wished(survey, alert.owner, other, **same), by=alert.owner, now=NOW)

    states = {row.member: row.state for row in alert.recipients.select_related("member")}
    assert states == {alert.owner: AlertState.RAISED, other: AlertState.UNKNOWN}
    change_alert(alert=alert, wish=wished(survey, other, **same), by=alert.owner, now=NOW)
    assert [row.member for row in alert.recipients.select_related("member")] == [other]


def test_whoever_leaves_is_told_no_more_and_the_alert_goes_on(survey):
    other = make_member(Role.ADMINISTRATOR)
    alert = make_alert(survey, recipients=[other])
    alert.recipients.create(member=alert.owner)

    leave_alert(recipient=alert.recipients.get(member=other), now=NOW)

    assert [row.member for row in alert.recipients.select_related("member")] == [alert.owner]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("left", other)


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
        {"dimension": ""},
        {"kind": AlertKind.LOW_SCORE, "threshold": 5},
        {"kind": AlertKind.OUTLIER, "threshold": 3},
        {"state": AlertState.RAISED},
        {"state": AlertState.RAISED, "raised_at": NOW},
        {"state": AlertState.CALM, "raised_at": NOW, "told_at": NOW},
        {"state": AlertState.RAISED, "raised_at": NOW, "told_at": NOW - timedelta(hours=1)},
        {"state": "other"},
        {"language": "xx"},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_alert_can_be(survey, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_alert(survey, **fields)


def test_it_is_for_its_owner_those_it_tells_and_administrators(survey):
    told, administrator = make_member(Role.MANAGER), make_member(Role.ADMINISTRATOR)
    alert = make_alert(survey, recipients=[told])

    for member in (alert.owner, told, administrator):
        assert list(Alert.objects.visible_to(member)) == [alert]
    assert not Alert.objects.visible_to(make_member(Role.MANAGER)).exists()
    assert [Alert.objects.changeable_by(one).exists() for one in (alert.owner, told, administrator)] == [
        True,
        False,
        True,
    ]


def test_what_was_told_is_for_its_recipient_alone(survey):
    alert = make_alert(survey)

    assert AlertRecipient.objects.visible_to(alert.owner).count() == 1
    assert not AlertRecipient.objects.visible_to(make_member(Role.ADMINISTRATOR)).exists()


def test_nobody_is_told_twice_of_one_response(survey):
    alert = make_alert(survey)
    low = note_low(alert)

    with pytest.raises(IntegrityError), transaction.atomic():
        LowScore.objects.create(recipient=low.recipient, response=low.response, found_at=NOW)
