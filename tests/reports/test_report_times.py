"""What a report is compared with, by which steps it goes, and what was done differently meanwhile."""

from datetime import date, timedelta

import pytest

from metrics.comparison import Verdict
from metrics.control import false_alarm
from reports.results import Empty, ModeMark, Withheld
from surveys.enums import Mode
from tests.factories import make_location, make_process_change, make_published, make_region
from tests.reports.answers import administrator, answer, answer_all, count, of, report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("compare", "before"),
    [("compare=year", 1.0), ("compare_from=2025-11-01&compare_to=2025-12-31", 3.0), ("compare=none", None)],
)
def test_change_is_against_the_days_asked_for(compare, before):
    version = make_published()
    for rating, day in (("1", date(2025, 3, 31)), ("3", date(2025, 12, 1)), ("2", date(2026, 2, 20))):
        answer(version, *[rating * 5] * 20, on=day)
    answer(version, *["4" * 5, "5" * 5] * 10, on=date(2026, 3, 20))
    count()

    speed = of(report(f"from=2026-03-01&to=2026-03-31&{compare}"), "speed")

    assert speed.score.mean == 4.5
    assert (speed.previous.mean if before else speed.previous) == (before or Empty())
    assert speed.change.verdict is (Verdict.HIGHER if before else Verdict.TOO_FEW)


@pytest.mark.parametrize("compare", ["compare=previous", "compare=year", "compare_from=2025-05-01"])
def test_too_few_are_withheld_wherever_they_are_compared(compare):
    version = make_published()
    for day in (date(2026, 2, 20), date(2025, 3, 20), date(2025, 5, 20)):
        answer(version, *["11111"] * 4, on=day)
    answer(version, *["55555"] * 20, on=date(2026, 3, 20))
    count()

    speed = of(report(f"from=2026-03-01&to=2026-03-31&{compare}"), "speed")

    assert (type(speed.previous), speed.change.verdict) == (Withheld, Verdict.TOO_FEW)


def test_quarters_are_read_from_their_months():
    version = make_published()
    for day in (date(2025, 7, 1), date(2025, 9, 30), date(2025, 10, 1), date(2026, 1, 1)):
        answer(version, *["33333"] * 10, on=day)
    count()

    trend = of(report("from=2025-07-01&to=2026-03-31&by=quarter"), "speed").trend

    assert [(bucket.period.start, bucket.score.n) for bucket in trend] == [
        (date(2025, 7, 1), 20),
        (date(2025, 10, 1), 10),
        (date(2026, 1, 1), 10),
    ]


def shifted_report(query="", member=None, **note):
    """Twenty weeks; from the eleventh on, better by a point. The note, if any, stands on the day of the shift."""
    version = make_published()
    coast = make_location(code="pier", region=make_region(code="coast"))
    make_location(code="mill")
    monday, shift = date(2025, 11, 10), date(2026, 1, 19)
    rows = [
        {"ratings": str((4 if day >= shift else 3) + number % 3 - 1) * 5, "location": coast, "on": day}
        for day in (monday + timedelta(weeks=week) for week in range(20))
        for number in range(9)
    ]
    answer_all(version, rows)
    count()
    if note:
        fields = {"locations": [coast]} if note.pop("is_here", False) else {}
        make_process_change(version.survey, changed_on=shift, words="Two more tills", **fields, **note)
    days = "from=2025-11-10&to=2026-03-29&by=week"
    return report(f"{days}&{query}", member)


def test_limits_begin_anew_where_a_process_changed():
    found = shifted_report(is_here=True, query="location=pier")

    speed = of(found, "speed")
    assert {bucket.control.centre for bucket in speed.trend[:10]} == {3.0}
    assert {bucket.control.centre for bucket in speed.trend[10:]} == {4.0}
    assert not any(bucket.control.signal for bucket in speed.trend)
    assert [(mark.day, mark.words, mark.begins_phase) for mark in found.marks] == [
        (date(2026, 1, 19), "Two more tills", True)
    ]
    assert speed.false_alarm == pytest.approx(1 - (1 - false_alarm(10)) ** 2)


def test_a_note_about_some_of_the_locations_is_a_mark_only():
    found = shifted_report(is_here=True)

    assert [mark.begins_phase for mark in found.marks] == [False]
    assert len({bucket.control.centre for bucket in of(found, "speed").trend}) == 1
    assert all(bucket.control.signal for bucket in of(found, "speed").trend)


def test_a_note_takes_no_further_query(django_assert_num_queries):
    version = make_published()
    answer(version, *["54321"] * 6)
    count()
    for number in range(3):
        places = [make_location(), make_location()]
        make_process_change(version.survey, changed_on=date(2026, 3, 1 + number), locations=places)
    member = administrator()

    with django_assert_num_queries(8):
        found = report("", member)

    assert [len(mark.places) for mark in found.marks] == [2, 2, 2]


def test_a_shift_of_the_modes_is_marked_within_the_filters(django_assert_num_queries):
    version, places = make_published(), [make_location(code=code) for code in ("pier", "mill")]
    rows = [
        {
            "ratings": "34543",
            "location": place,
            "on": date(2025, 11, 10) + timedelta(weeks=week),
            "mode": Mode.KIOSK if number < (24 if week >= 12 and place.code == "pier" else 12) else Mode.LINK,
        }
        for week in range(20)
        for place in places
        for number in range(48)
    ]
    answer_all(version, rows)
    count()
    member, days = administrator(), "from=2025-11-10&to=2026-03-29&by=week"

    with django_assert_num_queries(9):
        found = report(f"{days}&location=pier", member)

    assert found.marks == (ModeMark(date(2026, 2, 2), "kiosk", True, 0.25, 0.5, number=1),)
    assert report(f"{days}&location=mill", member).marks == ()
    assert report(f"{days}&location=pier&mode=kiosk", member).marks == ()
    assert report(f"{days}&location=pier&mode=kiosk&mode=link", member).marks == found.marks
