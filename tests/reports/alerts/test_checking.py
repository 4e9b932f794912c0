from datetime import timedelta

import pytest

from organisation.enums import Role
from organisation.models import Organisation
from reports.alerts import checking
from reports.alerts.checking import EVERY, EVERY_LOW_SCORE, check, check_alerts
from reports.enums import AlertKind, AlertState
from reports.models import AlertNotice, AlertRecipient, Delivery
from tests.factories import make_alert, make_location, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db
LOW, HIGH = ["55552"] * 6, ["55555"] * 20


@pytest.fixture
def version():
    return make_published()


def look(now=NOW):
    return check_alerts(clock=lambda: now, until=now + timedelta(seconds=1))


def by_admin(version, **fields):
    return make_alert(version.survey, owner=make_member(Role.ADMINISTRATOR), **fields)


def test_it_is_told_once_and_again_after_the_hours(version):
    by_admin(version, hours=24)
    counted(version, *LOW)

    told = [look(NOW + timedelta(hours=hours)) for hours in range(49)]

    assert [hour for hour, one in enumerate(told) if one] == [0, 24, 48]
    assert AlertNotice.objects.count() == Delivery.objects.count() == 3


def test_after_it_was_good_it_is_told_at_once(version):
    by_admin(version)
    counted(version, *LOW)
    assert look() == 1
    counted(version, *HIGH)
    assert look(NOW + timedelta(hours=1)) == 0
    assert AlertRecipient.objects.get().state == AlertState.CALM
    counted(version, *["11111"] * 40)

    assert look(NOW + timedelta(hours=2)) == 1


def test_it_says_what_it_saw(version):
    by_admin(version)
    counted(version, *["55552", "55551"] * 3)

    look()

    one = AlertRecipient.objects.get()
    assert one.words.startswith("Overall: 1.50 (")
    assert one.words.endswith("from 6 responses; the threshold is 3.00.")
    assert (one.state, one.raised_at, one.told_at, one.checked_at) == (AlertState.RAISED, NOW, NOW, NOW)
    assert AlertNotice.objects.get().words == one.words


def test_nothing_is_told_of_a_small_group(version):
    place = make_location()
    make_alert(version.survey, owner=make_member(Role.MANAGER, locations=[place]))
    counted(version, *["11111"] * 4, location=place)
    counted(version, *HIGH)

    assert look() == 0
    one = AlertRecipient.objects.get()
    assert (one.state, one.is_readable, one.words) == (
        AlertState.UNKNOWN,
        False,
        "There is no score to look at.",
    )


def test_nobody_is_told_of_places_that_they_do_not_hold(version):
    mine, others = make_location(), make_location()
    manager = make_member(Role.MANAGER, locations=[mine])
    make_alert(version.survey, owner=manager)
    counted(version, *HIGH, location=mine)
    counted(version, *["11111"] * 40, location=others)

    assert look() == 0
    assert AlertRecipient.objects.get().state == AlertState.CALM


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.CLERK}], ids=str)
def test_whoever_reads_no_reports_is_told_nothing(version, change):
    alert = by_admin(version)
    counted(version, *LOW)
    type(alert.owner).objects.filter(pk=alert.owner.pk).update(**change)

    assert look() == 0


def test_each_is_looked_at_every_five_minutes(version):
    alert = by_admin(version)
    counted(version, *LOW)
    look()
    counted(version, *HIGH)

    assert look(NOW + EVERY - timedelta(seconds=1)) == 0
    assert not check(alert.recipients.get().pk, now=NOW + EVERY - timedelta(seconds=1))
    assert AlertRecipient.objects.get().state == AlertState.RAISED
    look(NOW + EVERY + timedelta(seconds=1))
    assert AlertRecipient.objects.get().state == AlertState.CALM


def test_a_paused_one_is_left_alone(version):
    by_admin(version, is_active=False)
    counted(version, *LOW)

    assert look() == 0


def test_low_scores_are_looked_for_every_minute(version):
    by_admin(version, kind=AlertKind.LOW_SCORE)
    look()
    counted(version, "11111", on=NOW.date())

    assert look(NOW + EVERY_LOW_SCORE - timedelta(seconds=1)) == 0
    assert look(NOW + EVERY_LOW_SCORE + timedelta(seconds=1)) == 1


def test_each_recipient_is_told_within_their_own_scope(version):
    here, there = make_location(), make_location()
    one, other = (make_member(Role.MANAGER, locations=[place]) for place in (here, there))
    make_alert(version.survey, recipients=[one, other])
    counted(version, *LOW, location=here)
    counted(version, *HIGH, location=there)

    assert look() == 1
    assert AlertNotice.objects.get().recipient.member == one
    states = dict(AlertRecipient.objects.values_list("member", "state"))
    assert states == {one.pk: AlertState.RAISED, other.pk: AlertState.CALM}


@pytest.mark.parametrize(("tells_good", "mails"), [(True, ["", "good"]), (False, [""])])
def test_good_again_is_told_where_it_was_asked_for(version, tells_good, mails):
    by_admin(version, tells_good=tells_good)
    counted(version, *LOW)
    look()
    counted(version, *HIGH)
    look(NOW + timedelta(hours=1))

    told = AlertNotice.objects.order_by("pk").values_list("is_good", flat=True)
    assert ["good" if is_good else "" for is_good in told] == mails


def test_what_is_withheld_later_leaves_it_as_it_was_and_is_not_told(version):
    """Raised while it could be read; then the minimum grows, and whatever comes tells nothing."""
    by_admin(version)
    counted(version, *LOW)
    look()
    Organisation.objects.update(minimum_group=100)
    counted(version, *HIGH)

    assert look(NOW + timedelta(days=9)) == 0
    one = AlertRecipient.objects.get()
    assert (one.state, one.is_readable, one.told_at) == (AlertState.RAISED, False, NOW)


def test_one_that_cannot_be_looked_at_stands_in_nobodys_way(version, caplog):
    by_admin(version, filters="survey=x")  # is read as a problem
    broken = by_admin(version)
    AlertRecipient.objects.filter(alert=broken).update(signs=7)  # no list of names
    by_admin(version)
    counted(version, *LOW)

    assert look() == 1
    assert AlertRecipient.objects.filter(checked_at=NOW).count() == 3
    assert "could not be looked at" in caplog.text


def test_a_new_one_is_looked_at_before_those_that_were(version):
    by_admin(version, checked_at=NOW - timedelta(days=1))
    new = by_admin(version)

    assert checking._next(NOW).alert == new
