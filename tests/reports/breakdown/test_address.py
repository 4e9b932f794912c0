from datetime import date

import pytest
from django.http import QueryDict

from reports.breakdown.address import Only, breakdown_filters
from reports.breakdown.enums import LineOrder, Way
from reports.periods import Period
from tests.factories import make_location, make_published, make_region, make_touchpoint
from tests.reports.answers import asked as report_asked
from tests.reports.breakdown.samples import asked_breakdown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    make_published()
    region = make_region(code="north")
    for code in ("harbour", "mill"):
        make_location(code=code, region=region)
        make_touchpoint(code=f"at-{code}")


def filters(query=""):
    asked = asked_breakdown(query)
    assert asked.problems == ()
    return breakdown_filters(asked.filters)


def of(url):
    return {name: values for name, values in QueryDict(url.removeprefix("?")).lists() if name != "survey"}


def test_without_ways_the_locations_are_told_best_first():
    found = filters()

    assert (found.rows, found.columns, found.order) == (Way.LOCATION, None, LineOrder.SCORE)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "rows=region",
        "location=harbour&channel=in_person&mode=link&period=30&rows=measure&columns=weekday&order=name",
        "from=2026-01-01&to=2026-02-03&by=day&rows=time&columns=mode",
        "rows=touchpoint&weekday=7&mode=link",
        "version=1&order=name",
        "rows=weekday&question=speed",
    ],
)
def test_an_address_comes_back_as_it_was_read(query):
    found = filters(query)

    again = filters(found.url().removeprefix("?"))

    assert again == found


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("rows=moon", "rows"),
        ("columns=moon", "columns"),
        ("order=moon", "order"),
        ("rows=mode&columns=mode", "columns"),
        ("from=x", "from"),
        ("weekday=8", "weekday"),
        ("version=2", "version"),
        ("question=moon", "question"),
        ("weekday=1&version=1", "version"),
        ("weekday=1&columns=mode", "columns"),
        ("weekday=1&rows=weekday", "rows"),
        ("question=speed&rows=survey", "question"),
        ("question=speed&dimension=speed", "dimension"),
    ],
)
def test_what_cannot_be_used_is_named(query, parameter):
    assert [problem.parameter for problem in asked_breakdown(query).problems] == [parameter]


def test_a_click_on_a_row_narrows_to_it_and_tells_the_next_way_apart():
    found = filters("rows=region&columns=mode&period=30")

    assert of(found.drilled({"region": ("north",)})) == {
        "region": ["north"],
        "period": ["30"],
        "rows": ["location"],
        "columns": ["mode"],
    }


def test_a_click_on_a_column_keeps_the_rows_beside_it():
    found = filters("rows=weekday&columns=location")

    assert of(found.drilled(None, {"location": ("mill",)})) == {
        "location": ["mill"],
        "rows": ["touchpoint"],
        "columns": ["weekday"],
    }


def test_a_click_on_a_cell_narrows_to_both():
    found = filters("rows=location&columns=touchpoint&order=name")

    drilled = found.drilled({"location": ("mill",)}, {"touchpoint": ("at-mill",)})

    assert of(drilled) == {
        "location": ["mill"],
        "touchpoint": ["at-mill"],
        "rows": ["mode"],
        "order": ["name"],
    }


def test_drilling_ends_with_what_can_always_be_told_apart():
    found = filters("location=mill&touchpoint=at-mill&rows=mode")

    assert of(found.drilled({"mode": ("link",)}))["rows"] == ["measure"]


def test_what_no_filter_can_choose_leads_nowhere():
    found = filters("rows=version&columns=location")

    assert found.drilled({}) == ""
    assert found.drilled({}, {"location": ("mill",)}) == ""


MONDAY, SECOND = {"only": Only(Way.WEEKDAY, "1")}, {"only": Only(Way.VERSION, "2")}


@pytest.mark.parametrize(
    ("query", "clicked", "expected"),
    [
        ("rows=weekday", [MONDAY], {"rows": ["location"], "weekday": ["1"]}),
        ("rows=touchpoint&columns=weekday", [None, MONDAY], {"rows": ["touchpoint"], "weekday": ["1"]}),
        (
            "rows=location&columns=weekday",
            [{"location": ("mill",)}, MONDAY],
            {"location": ["mill"], "rows": ["touchpoint"], "weekday": ["1"]},
        ),
        ("rows=version", [SECOND], {"rows": ["location"], "version": ["2"]}),
        (
            "rows=measure&dimension=speed",
            [{"only": Only(Way.MEASURE, "speed"), "dimension": ()}],
            {"rows": ["location"], "question": ["speed"]},
        ),
        (
            "weekday=1",
            [{"location": ("mill",)}],
            {"location": ["mill"], "rows": ["touchpoint"], "weekday": ["1"]},
        ),
    ],
)
def test_a_click_on_a_day_a_version_or_a_question_keeps_it_alone(query, clicked, expected):
    assert of(filters(query).drilled(*clicked)) == expected


def test_there_is_room_for_one_of_them():
    assert filters("rows=version&columns=weekday").drilled(SECOND, MONDAY) == ""
    assert filters("rows=version&weekday=1").drilled(SECOND) == ""


def test_a_chip_takes_it_away_again():
    assert "weekday" not in filters("weekday=1").url(only=None)


def test_a_step_of_time_becomes_the_period():
    found = filters("rows=time&period=365")
    january = found.period.__class__(date(2026, 1, 1), date(2026, 1, 31))

    drilled = of(found.drilled({"period": january, "shortcut": None}))

    assert (drilled["from"], drilled["to"], drilled["rows"]) == (["2026-01-01"], ["2026-01-31"], ["location"])


def test_the_report_is_asked_for_with_the_same_filters():
    found = filters("location=mill&rows=mode&columns=region")

    assert "rows" not in found.of_the_report()
    assert report_asked(found.of_the_report()).filters.location == ("mill",)


def test_a_reports_own_filters_are_no_breakdowns():
    with pytest.raises(TypeError):
        breakdown_filters(report_asked("").filters)


ROWS = [
    {"location": ("harbour",)},
    {"location": ("mill",)},
    {"region": ("north",)},
    {"survey": "service"},
    {"dimension": ("speed",)},
    {"only": Only(Way.MEASURE, "speed"), "dimension": ()},
    {"only": Only(Way.WEEKDAY, "3")},
    {"period": Period(date(2026, 2, 1), date(2026, 2, 28)), "shortcut": None},
    {},
]


@pytest.mark.parametrize(
    "query", ["", "rows=location&columns=measure", "weekday=7&mode=link", "region=north"]
)
@pytest.mark.parametrize("column", [None, *ROWS])
def test_links_of_many_rows_are_those_of_each(query, column):
    found = filters(query)
    rows = [row for row in ROWS if row.keys() & (column or {}).keys() <= {"only"}]  # of another way

    assert found.drilled_cells(rows, [column]) == [[found.drilled(row, column)] for row in rows]
