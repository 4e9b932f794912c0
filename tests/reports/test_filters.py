from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Location, Region, Touchpoint
from reports.enums import Comparison, PeriodShortcut, TrendStep
from reports.filters import FACETS, Filters, read_filters, readable
from reports.periods import Period
from reports.vocabulary import SurveyChoice, Vocabulary

TODAY = date(2026, 3, 31)
QUARTER = Period(date(2026, 1, 1), TODAY)
COMPARES = ("compare", "compare_from", "compare_to")
COAST = Region(pk=1, code="coast", name="Coast")
VOCABULARY = Vocabulary(
    surveys=(
        SurveyChoice(1, "service", "Service", 1, 7, None, 5, "UTC"),
        SurveyChoice(2, "phone", "Phone", 2, None, None, 5, "UTC"),
    ),
    locations={
        "harbour": Location(pk=1, code="harbour", name="Harbour", region=COAST),
        "station": Location(pk=2, code="station", name="Station"),
    },
    touchpoints={"till": Touchpoint(pk=1, code="till", name="Till", channel="in_person", stage="decision")},
    sees_everywhere=True,
)


def read(query):
    return read_filters(QueryDict(query), VOCABULARY, TODAY)


def filters_of(query):
    filters, problems = read(query)
    assert problems == []
    return filters


def test_an_empty_address_is_the_newest_survey_and_ninety_days():
    assert filters_of("") == Filters(survey="service", period=QUARTER, shortcut=PeriodShortcut.QUARTER_LONG)


def test_every_part_of_the_address_is_read():
    query = (
        "survey=phone&dimension=speed&dimension=quality&region=coast&location=harbour&channel=in_person&stage=decision"
        "&touchpoint=till&mode=kiosk&from=2026-02-01&to=2026-02-28&by=day"
        "&compare_from=2025-02-01&compare_to=2025-03-31"
    )

    assert filters_of(query) == Filters(
        survey="phone",
        period=Period(date(2026, 2, 1), date(2026, 2, 28)),
        asked_by=TrendStep.DAY,
        dimension=("quality", "speed"),
        region=("coast",),
        location=("harbour",),
        channel=("in_person",),
        stage=("decision",),
        touchpoint=("till",),
        mode=("kiosk",),
        compare=Comparison.CHOSEN,
        chosen_days=Period(date(2025, 2, 1), date(2025, 3, 31)),
    )


def test_blank_and_unknown_parameters_are_passed_over():
    assert filters_of(
        "location=&from=&to=&by=&compare_from=&compare_to=&utm_source=letter&survey="
    ) == filters_of("")


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ("from=2026-03-01", Period(date(2026, 3, 1), TODAY)),
        ("from=2026-05-01", Period(date(2026, 5, 1), date(2026, 5, 1))),
        ("to=2026-02-28", Period(date(2025, 12, 1), date(2026, 2, 28))),
        ("period=7&from=2026-03-01&to=2026-03-02", Period(date(2026, 3, 1), date(2026, 3, 2))),
    ],
)
def test_days_written_out_go_first(query, period):
    filters = filters_of(query)

    assert (filters.period, filters.shortcut) == (period, None)


def test_a_shortcut_with_its_own_days_stays_one():
    filters = filters_of("period=7&from=2026-03-25&to=2026-03-31")

    assert filters.shortcut is PeriodShortcut.WEEK


def test_all_days_are_compared_with_none():
    assert filters_of("period=all").previous is None
    assert filters_of("period=all&compare=year").previous is None
    assert filters_of("").previous == Period(date(2025, 10, 3), date(2025, 12, 31))


FEBRUARY = "from=2026-02-01&to=2026-02-28"


@pytest.mark.parametrize(
    ("query", "compare", "previous"),
    [
        ("compare=previous", Comparison.PREVIOUS, Period(date(2026, 1, 4), date(2026, 1, 31))),
        ("compare=year", Comparison.YEAR, Period(date(2025, 2, 1), date(2025, 2, 28))),
        ("compare=none", Comparison.NONE, None),
        (
            "compare_from=2025-05-01&compare_to=2025-07-31",
            Comparison.CHOSEN,
            Period(date(2025, 5, 1), date(2025, 7, 31)),
        ),
        ("compare_from=2025-05-01", Comparison.CHOSEN, Period(date(2025, 5, 1), date(2025, 5, 28))),
        ("compare_to=2025-05-28", Comparison.CHOSEN, Period(date(2025, 5, 1), date(2025, 5, 28))),
        ("compare_to=1970-01-05", Comparison.CHOSEN, Period(date(1970, 1, 1), date(1970, 1, 5))),
        (
            "compare=year&compare_from=2026-03-01&compare_to=2026-03-02",
            Comparison.CHOSEN,
            Period(date(2026, 3, 1), date(2026, 3, 2)),
        ),
    ],
)
def test_a_period_is_compared_with_what_was_asked_for(query, compare, previous):
    filters = filters_of(f"{FEBRUARY}&{query}")

    assert (filters.compare, filters.previous) == (compare, previous)
    assert filters_of(filters.query()) == filters


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (f"{FEBRUARY}&compare=chosen", "compare"),
        (f"{FEBRUARY}&compare_from=2025-05-02&compare_to=2025-05-01", "compare_to"),
        (f"{FEBRUARY}&compare_from=2026-02-28&compare_to=2026-03-05", "compare_from"),
        (f"{FEBRUARY}&compare_from=2025-01-01&compare_to=2026-12-31", "compare_from"),
        ("from=2024-01-01&to=2026-02-28&compare=year", "compare"),
        ("period=all&compare_from=2025-01-01&compare_to=2025-12-31", "compare_from"),
    ],
)
def test_answers_are_never_compared_with_themselves(query, parameter):
    filters, problems = read(query)

    assert [problem.parameter for problem in problems] == [parameter]
    assert filters.compare is Comparison.PREVIOUS
    assert not filters.overlaps


def test_no_link_leads_to_an_overlap():
    filters = filters_of(f"{FEBRUARY}&compare_from=2026-01-01&compare_to=2026-01-31")

    assert "compare" in filters.moved(Period(date(2026, 3, 1), date(2026, 3, 28)))
    assert "compare" not in filters.moved(Period(date(2026, 1, 4), date(2026, 1, 31)))
    assert filters.compared(Comparison.YEAR).endswith("&to=2026-02-28&compare=year")


def test_all_days_keep_a_month_as_their_step():
    assert filters_of("period=all").by is TrendStep.MONTH
    assert filters_of("period=all&by=day").by is TrendStep.MONTH
    assert filters_of("period=all&by=quarter").by is TrendStep.QUARTER


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("survey=ghost", "survey"),
        ("dimension=price", "dimension"),
        ("location=ghost", "location"),
        ("region=ghost", "region"),
        ("touchpoint=ghost", "touchpoint"),
        ("channel=ghost", "channel"),
        ("stage=ghost", "stage"),
        ("mode=fax", "mode"),
        ("by=hour", "by"),
        ("period=400", "period"),
        ("from=yesterday", "from"),
        ("from=20260301", "from"),
        ("from=2026-W10-1", "from"),
        ("to=2026-02-30", "to"),
        ("to=9999-12-31", "to"),
        ("from=0001-01-01", "from"),
        ("from=2026-03-02&to=2026-03-01", "to"),
        ("location=%00", "location"),
        ("location=" + "x" * 3_000_000, "location"),
        ("location=" + "%ED%A0%80", "location"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_kept(query, parameter):
    filters, problems = read(f"mode=kiosk&{query}" if parameter != "mode" else query)

    assert [problem.parameter for problem in problems] == [parameter]
    assert len(problems[0].message) < 150
    assert parameter == "mode" or filters.mode == ("kiosk",)


def test_readable_shortens_and_replaces_what_cannot_be_shown():
    assert readable("a\x00b\udcffc") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"
    assert readable("x" * 41) == "x" * 40 + "…"
    assert readable("x" * 40) == "x" * 40


@given(
    st.dictionaries(
        st.sampled_from(["survey", "from", "to", "period", "by", *COMPARES, *FACETS]),
        st.lists(
            st.text(max_size=12)
            | st.sampled_from(["harbour", "speed", "2026-03-01", "week", "all", "year", "2025-03-01"])
        ),
    )
)
def test_any_address_reads_as_filters_or_as_named_problems(values):
    query = QueryDict(mutable=True)
    for parameter, given_values in values.items():
        query.setlist(parameter, given_values)

    filters, problems = read_filters(query, VOCABULARY, TODAY)

    assert {problem.parameter for problem in problems} <= {*values, "to", "compare_to", "compare_from"}
    assert all(problem.message.encode() for problem in problems)
    assert filters_of(filters.query()) == filters


def test_links_change_one_thing_and_keep_the_rest():
    filters = filters_of("location=harbour&location=station&period=30&by=day")

    assert filters.url() == "?survey=service&location=harbour&location=station&period=30&by=day"
    assert filters.without("location", "station") == "?survey=service&location=harbour&period=30&by=day"
    assert filters.moved(Period(date(2026, 1, 1), date(2026, 1, 30))) == (
        "?survey=service&location=harbour&location=station&from=2026-01-01&to=2026-01-30&by=day"
    )


def test_many_links_are_those_that_are_made_one_by_one():
    filters = filters_of(
        "mode=kiosk&region=coast&location=harbour&touchpoint=till&from=2026-02-01&to=2026-02-28"
    )

    assert filters.urls("location", ["b", "c-1"], region=()) == [
        filters.url(location=(code,), region=()) for code in ("b", "c-1")
    ]
