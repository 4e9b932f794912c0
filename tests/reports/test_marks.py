from dataclasses import replace
from datetime import date

import pytest

from organisation.models import Location, Region, Touchpoint
from reports.choice import Choice, Facet
from reports.enums import TrendStep
from reports.marks import change_marks, is_in, lines_of, marks_of, phase_starts, when, words_of
from reports.periods import Period
from reports.queries import ChangeRow
from reports.results import BucketResult, ChangeMark, DimensionResult, Empty, ModeMark, VersionMark
from tests.reports.samples import UNKNOWN, full_report, question

DAY = date(2026, 3, 9)
COAST, HILLS = Region(pk=1, code="coast", name="Coast"), Region(pk=2, code="hills", name="Hills")
PIER, DOCK = (Location(pk=pk, code=name, name=name, region=COAST) for pk, name in ((1, "Pier"), (2, "Dock")))
MILL = Location(pk=3, code="mill", name="Mill", region=HILLS)
TILL = Touchpoint(pk=1, code="till", name="Till")
PLACES = [PIER, DOCK, MILL]


def choice(locations=None, touchpoints=None):
    return Choice(
        Facet("location_id", locations and frozenset(locations), {}),
        Facet("touchpoint_id", touchpoints and frozenset(touchpoints), {}),
        Facet("mode", None, {}),
    )


def note(region=None, touchpoint=None, locations=()):
    return ChangeRow(DAY, 1, "Two more tills", region, touchpoint, frozenset(locations))


@pytest.mark.parametrize(
    ("row", "chosen", "touchpoints", "begins"),
    [
        (note(), None, None, True),
        (note(), [1], [1, 2], True),
        (note(region=1), None, None, False),
        (note(region=1), [1, 2], None, True),
        (note(region=1), [2], None, True),
        (note(region=1), [3], None, None),
        (note(locations=[1, 3]), [1, 3], None, True),
        (note(locations=[1, 3]), None, None, False),
        (note(locations=[2]), [1, 3], None, None),
        (note(touchpoint=1), None, None, False),
        (note(touchpoint=1), None, [1], True),
        (note(touchpoint=1), None, [1, 2], False),
        (note(touchpoint=1), None, [2], None),
    ],
)
def test_limits_begin_anew_where_a_note_holds_for_all_of_the_report(row, chosen, touchpoints, begins):
    found = change_marks([row], choice(chosen, touchpoints), PLACES, [TILL])

    assert [mark.begins_phase for mark in found] == ([] if begins is None else [begins])


def test_a_note_names_only_places_that_the_member_may_see():
    rows = [note(region=1), note(locations=[1, 3, 77]), note(touchpoint=1)]

    found = change_marks(rows, choice(), [PIER, MILL], [TILL])

    assert [mark.places for mark in found] == [("Coast",), ("Pier", "Mill"), ("Till",)]
    assert change_marks([note(locations=[77])], choice(), PLACES, [TILL]) == []


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 3, 2), 0),
        (date(2026, 3, 9), 1),
        (date(2026, 3, 12), 1),  # Thursday: four days from it on, three before
        (date(2026, 3, 13), 2),
        (date(2026, 3, 22), None),
    ],
)
def test_a_phase_begins_with_the_first_point_most_of_which_comes_after(day, start):
    period = Period(date(2026, 3, 2), date(2026, 3, 22))
    weeks = [week for _start, week in period.buckets(TrendStep.WEEK, period.start, period.end)]

    assert phase_starts(weeks, [day]) == ([] if start is None else [start])


def result(dimension, *begins):
    period = Period(date(2026, 3, 2), date(2026, 3, 22))
    weeks = [week for _start, week in period.buckets(TrendStep.WEEK, period.start, period.end)]
    trend = tuple(BucketResult(week, Empty(), one) for week, one in zip(weeks, begins, strict=True))
    return DimensionResult(dimension, Empty(), Empty(), UNKNOWN, trend=trend, questions=(question(),))


def test_marks_are_numbered_by_day_and_a_version_stands_once():
    dimensions = [result("speed", (), (), (2,)), result("quality", (), (2,), (3,))]
    change = ChangeMark(date(2026, 3, 10), "Two more tills", (), begins_phase=True)

    found = marks_of(dimensions, [change])

    assert found == (
        VersionMark(date(2026, 3, 9), 2, ("How long did you wait?",) * 2, number=1),
        replace(change, number=2),
        VersionMark(date(2026, 3, 16), 3, (), number=3),
    )


def test_a_mark_is_in_the_points_that_it_is_about():
    (first, second, third) = result("speed", (), (2,), ()).trend

    assert [is_in(VersionMark(date(2026, 3, 2), 2), one) for one in (first, second, third)] == [
        False,
        True,
        False,
    ]
    change = ChangeMark(date(2026, 3, 8), "Tills", (), begins_phase=False)
    assert [is_in(change, one) for one in (first, second, third)] == [True, False, False]


@pytest.mark.parametrize(
    ("by", "told"),
    [(TrendStep.WEEK, "9 Mar 2026"), (TrendStep.MONTH, "Mar 2026"), (TrendStep.QUARTER, "Q1 2026")],
)
def test_a_day_is_told_where_it_is_known(by, told):
    change = ChangeMark(DAY, "New hours", (), begins_phase=True)

    assert (when(VersionMark(DAY, 2), by), when(change, by)) == (told, "9 Mar 2026")


def test_marks_are_said_in_a_line():
    marks = (
        VersionMark(DAY, 2, number=1),
        VersionMark(DAY, 3, ("How long?", "How kind?"), number=2),
        ChangeMark(DAY, "Two more tills", ("Pier", "Till"), begins_phase=True, number=3),
        ChangeMark(DAY, "New hours", (), begins_phase=True, number=4),
        ModeMark(DAY, "kiosk", is_higher=True, before=0.12, now=0.45, number=5),
        ModeMark(DAY, "link", is_higher=False, before=0.6, now=0.25, number=6),
        ModeMark(DAY, "paper", is_higher=True, before=None, now=None, number=7),
        ModeMark(DAY, "paper", is_higher=False, before=None, now=None, number=8),
    )

    assert [words_of(mark) for mark in marks] == [
        "Version 2 first answered",
        "Version 3 first answered, with new words for “How long?”, “How kind?”",
        "Two more tills (Pier, Till)",
        "New hours",
        "More answers by Kiosk: 12 % before, 45 % now",
        "Fewer answers by Link: 60 % before, 25 % now",
        "More answers by Paper card than before",
        "Fewer answers by Paper card than before",
    ]
    assert lines_of(full_report(marks=marks))[3] == "4  9 Mar 2026: New hours"
