"""What is read of a report, by kind of alert; tests/reports/alerts/test_checking.py follows it to a mail."""

from datetime import date, timedelta

import pytest

from metrics.comparison import UNKNOWN, Change, Verdict
from metrics.ratings import Distribution
from organisation.enums import Role
from reports.alerts.calm import Reading
from reports.alerts.looking import read
from reports.enums import AlertKind
from reports.models import Alert
from reports.reading import report_for
from reports.results import Computed, DimensionResult, LocationResult, NotAsked
from reports.storing import asked_as
from tests.factories import make_alert, make_location, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import answer_all, count, counted, of

pytestmark = pytest.mark.django_db
LOW, HIGH = ["55552"] * 6, ["55555"] * 20


@pytest.fixture
def version():
    return make_published()


def by_admin(version, **fields):
    return make_alert(version.survey, owner=make_member(Role.ADMINISTRATOR), **fields)


def seen(alert, told=()):
    report = report_for(asked_as(alert.owner, alert.filters, now=NOW))
    return read(alert, of(report, alert.dimension), told=frozenset(told))


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

    assert seen(alert).reading is reading


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
    assert seen(alert).reading is Reading.GOOD
    answer_all(version, [{"ratings": "11111", "on": weeks[0]} for _one in range(18)])
    count()

    found = seen(alert)
    assert (found.reading, "below the limits" in found.words) == (Reading.BAD, True)
    assert found.bad == {"below 2026-03-30"}
    mean, chance = found.lines
    assert mean.startswith("Mean 2.")
    assert "the chance of a false alarm" in chance


def test_without_a_trend_there_is_nothing_to_look_at(version):
    alert = by_admin(version, kind=AlertKind.SIGNAL)
    counted(version, *LOW)

    assert seen(alert).reading is Reading.NOTHING


def test_what_was_told_of_a_point_is_no_news_while_its_days_go_on(version):
    alert = by_admin(
        version, kind=AlertKind.SIGNAL, filters=f"survey={version.survey.slug}&period=90&by=week"
    )
    weeks = [date(2026, 3, 30) - timedelta(days=7 * week) for week in range(12)]
    answer_all(
        version,
        [{"ratings": rating, "on": day} for day in weeks for rating in ("55554", "55555", "55553") * 6],
    )
    count()

    found = seen(alert, ["below 2026-03-30", "above 2026-03-23"])

    assert (found.reading, found.lingering) == (Reading.UNCLEAR, {"below 2026-03-30"})


def out_of_line(version):
    """One place below ten others."""
    low, *others = (make_location() for _number in range(11))
    for place in others:
        counted(version, *["55554", "55555", "55553"] * 10, location=place)
    counted(version, *["55551", "55553"] * 10, location=low)
    return low


def test_a_location_out_of_line_is_named_with_the_chance_of_a_false_alarm(version):
    alert = by_admin(version, kind=AlertKind.OUTLIER)
    low = out_of_line(version)

    found = seen(alert)

    assert (found.reading, found.bad) == (Reading.BAD, {f"lower {low.code}"})
    assert found.words == f"Overall: below the other locations: {low.name}."
    assert found.lines[0].startswith(f"{low.name} is below the others: 2.00 from 20 responses (")
    assert found.lines[-1] == "Of all locations that are named like this, at most 5 % are named by chance."


def test_very_many_are_counted_and_those_below_come_first():
    score = Computed(Distribution(0, 0, 9, 0, 0), 3.0, None, 0.0, None, 9.0)
    sides = [Verdict.HIGHER] * 9 + [Verdict.LOWER] * 5
    places = tuple(place(f"{at:02}", 0.001, side, score) for at, side in enumerate(sides))
    result = DimensionResult("overall", NotAsked(), NotAsked(), UNKNOWN, locations=places)

    found = read(Alert(kind=AlertKind.OUTLIER, dimension="overall"), result)

    assert found.words == (
        "Overall: below the other locations: 09, 10, 11 and 2 more; above them: 00, 01, 02 and 6 more."
    )
    assert found.lines[0].startswith("09 is below the others: 3.00 from 9 responses")
    assert (len(found.lines), found.lines[-2]) == (12 + 2, "and 2 more")


def place(code, p_value, verdict=Verdict.NO_EVIDENCE, score=NotAsked()):  # noqa: B008 (frozen)
    return LocationResult(code, code, "", score, Change(0.1, None, p_value, verdict))


def test_a_location_is_good_again_only_where_it_is_clearly_back_in_line():
    """One that is not shown any more stays as it was: nobody can say."""
    places = (place("back", 0.2), place("nearly", 0.19), place("hidden", None, Verdict.TOO_FEW))
    result = DimensionResult("overall", NotAsked(), NotAsked(), UNKNOWN, locations=places)
    told = frozenset({"lower back", "lower nearly", "lower hidden", "lower gone"})

    found = read(Alert(kind=AlertKind.OUTLIER, dimension="overall"), result, told=told)

    assert (found.bad, found.lingering) == (set(), told - {"lower back"})


def test_one_location_alone_is_out_of_line_with_nothing(version):
    alert = by_admin(version, kind=AlertKind.OUTLIER)
    counted(version, *LOW)

    assert seen(alert).reading is Reading.NOTHING


def test_an_interval_across_the_threshold_says_so(version):
    alert = by_admin(version, threshold=4)
    counted(version, "55551", "55555", "55555", "55555", "55553")

    (chance,) = seen(alert).lines
    assert chance == "The interval reaches across the threshold: chance alone may have done it."
