from datetime import date, timedelta

import pytest

from organisation.enums import Role
from reports.alerts.calm import Reading
from reports.alerts.checking import EVERY, check, check_alerts, read
from reports.enums import AlertKind, AlertState
from reports.models import Alert, AlertNotice, Delivery
from tests.factories import make_alert, make_location, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import answer_all, count, counted

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
    assert Alert.objects.get().state == AlertState.CALM
    counted(version, *["11111"] * 40)

    assert look(NOW + timedelta(hours=2)) == 1


def test_it_says_what_it_saw(version):
    by_admin(version)
    counted(version, *["55552", "55551"] * 3)

    look()

    alert = Alert.objects.get()
    assert alert.words.startswith("Overall: 1.50 (")
    assert alert.words.endswith("from 6 responses; the threshold is 3.00.")
    assert (alert.state, alert.told_at, alert.checked_at) == (AlertState.RAISED, NOW, NOW)
    assert AlertNotice.objects.get().words == alert.words


def test_nothing_is_told_of_a_small_group(version):
    place = make_location()
    make_alert(version.survey, owner=make_member(Role.MANAGER, locations=[place]))
    counted(version, *["11111"] * 4, location=place)
    counted(version, *HIGH)

    assert look() == 0
    assert (Alert.objects.get().state, Alert.objects.get().words) == (
        AlertState.UNKNOWN,
        "There is no score to look at.",
    )


def test_nobody_is_told_of_places_that_they_do_not_hold(version):
    mine, others = make_location(), make_location()
    manager = make_member(Role.MANAGER, locations=[mine])
    make_alert(version.survey, owner=manager)
    counted(version, *HIGH, location=mine)
    counted(version, *["11111"] * 40, location=others)

    assert look() == 0
    assert Alert.objects.get().state == AlertState.CALM


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.CLERK}], ids=str)
def test_whoever_reads_no_reports_is_told_nothing(version, change):
    alert = by_admin(version)
    counted(version, *LOW)
    type(alert.owner).objects.filter(pk=alert.owner.pk).update(**change)

    assert look() == 0


@pytest.mark.parametrize(
    ("kind", "threshold", "reading"),
    [
        (AlertKind.MEAN_BELOW, 3, Reading.BAD),
        (AlertKind.MEAN_ABOVE, 3, Reading.GOOD),
        (AlertKind.MEAN_ABOVE, "1.9", Reading.BAD),
        (AlertKind.SHARE_BELOW, 50, Reading.BAD),
        (AlertKind.SHARE_ABOVE, 50, Reading.GOOD),
        (AlertKind.SHARE_BELOW, 0, Reading.UNCLEAR),
    ],
)
def test_each_kind_reads_its_number(version, kind, threshold, reading):
    alert = by_admin(version, kind=kind, threshold=threshold)
    alert.refresh_from_db()
    counted(version, *LOW)

    assert read(alert, now=NOW)[0] is reading


def test_a_point_of_the_trend_that_stands_out(version):
    alert = by_admin(
        version,
        kind=AlertKind.SIGNAL,
        filters=f"survey={version.survey.slug}&dimension=overall&period=90&by=week",
    )
    weeks = [date(2026, 3, 30) - timedelta(days=7 * week) for week in range(12)]
    steady = [
        {"ratings": rating, "on": day} for day in weeks[1:] for rating in ("55554", "55555", "55553") * 6
    ]
    answer_all(version, [*steady, *({"ratings": "55554", "on": weeks[0]} for _one in range(18))])
    count()
    assert read(alert, now=NOW)[0] is Reading.GOOD
    answer_all(version, [{"ratings": "11111", "on": weeks[0]} for _one in range(18)])
    count()

    reading, words = read(alert, now=NOW)
    assert (reading, "below the limits" in words) == (Reading.BAD, True)


def test_without_a_trend_there_is_nothing_to_look_at(version):
    alert = by_admin(version, kind=AlertKind.SIGNAL)
    counted(version, *LOW)

    assert read(alert, now=NOW)[0] is Reading.NOTHING


def test_each_is_looked_at_every_five_minutes(version):
    alert = by_admin(version)
    counted(version, *LOW)
    look()
    counted(version, *HIGH)

    assert look(NOW + EVERY - timedelta(seconds=1)) == 0
    assert not check(alert.pk, now=NOW + EVERY - timedelta(seconds=1))
    assert Alert.objects.get().state == AlertState.RAISED
    look(NOW + EVERY + timedelta(seconds=1))
    assert Alert.objects.get().state == AlertState.CALM


def test_a_paused_one_is_left_alone(version):
    by_admin(version, is_active=False)
    counted(version, *LOW)

    assert look() == 0
