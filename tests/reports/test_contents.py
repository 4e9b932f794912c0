from dataclasses import replace

import pytest
from django.http import QueryDict

from reports.breakdown.enums import Way
from reports.charts import CHARTS
from reports.contents import (
    ContentsField,
    charts_named,
    drawn_in,
    findings_in,
    kept_names,
    names_in,
    tables_in,
)
from reports.findings import main_findings
from reports.frozen import freeze, thaw
from reports.why.findings import moving_finding, why_findings
from reports.why.words import WordsResult
from tests.reports.breakdown import test_charts
from tests.reports.samples import full_report, scope
from tests.reports.why.samples import why


def two_ways():
    made = test_charts.two_ways()
    ways = {"rows": Way.LOCATION, "columns": Way.MODE}
    return replace(made, filters=replace(made.filters, **ways), columns_way=Way.MODE)


NO_WORDS = WordsResult(3, 40, 8)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["trend", "means"], ["means", "trend"]),
        (["trend", "ghost"], ["trend"]),
        (["ghost"], list(CHARTS)),
        ([], list(CHARTS)),
    ],
    ids=str,
)
def test_charts_come_in_the_order_of_the_report(given, named):
    assert [chart.name for chart in charts_named(given)] == named


def test_all_of_them_are_kept_as_none_so_that_a_later_one_goes_in():
    assert kept_names(list(CHARTS)) == kept_names([]) == []
    assert kept_names(["trend", "means"]) == ["means", "trend"]


def test_a_field_takes_what_there_is_and_nothing_else():
    assert ContentsField().clean(["means"]) == ["means"]
    with pytest.raises(Exception, match="ghost"):
        ContentsField().clean(["ghost"])


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["why"], ["why"]),
        (["why", "by-mode", "trend"], ["trend", "by-mode", "why"]),
        (["ghost", "by-ghost"], []),
        ([*CHARTS, "why"], [*CHARTS, "why"]),
    ],
    ids=str,
)
def test_chapters_follow_the_charts_and_go_in_without_any(names, kept):
    assert kept_names(names) == kept
    assert [chart.name for chart in charts_named(kept)] == [name for name in kept or CHARTS if name in CHARTS]


def test_a_breakdown_that_is_being_put_together_is_one_of_them():
    assert names_in(QueryDict("chart=means&rows=mode")) == ["means", "by-mode"]
    assert names_in(QueryDict("chart=means&rows=mode&columns=region")) == ["means", "by-mode-region"]
    assert names_in(QueryDict("chart=means&rows=&columns=region")) == ["means"]


class TestDrawn:
    def test_a_table_that_two_pictures_show_goes_in_once(self):
        drawn = drawn_in(scope(charts=("by-location-mode",), chapters=(two_ways(),)))

        assert [(one.key, one.has_table) for one in drawn] == [
            ("by-location-mode-heat", False),
            ("by-location-mode-multiples", True),
        ]
        assert drawn[0].subject == "Location × Mode: Heat map of the means"
        assert len(tables_in(scope(charts=("by-location-mode",), chapters=(two_ways(),)))) == 1

    def test_why_has_what_it_can_tell(self):
        keys = [one.key for one in drawn_in(scope(charts=("means", "why"), chapters=(why(),)))]

        assert keys == ["means", "why-moving", "why-words"]
        assert drawn_in(scope(charts=("why",), chapters=(why(moving=None, words=NO_WORDS),))) == []
        nothing_stands_out = why(words=WordsResult(40, 200, 8))
        assert [one.key for one in drawn_in(scope(charts=("why",), chapters=(nothing_stands_out,)))] == [
            "why-moving"
        ]

    def test_without_a_chart_of_the_report_only_chapters_stand_out(self):
        alone = findings_in(scope(charts=("why",), chapters=(why(),)))

        assert alone == why_findings(why())
        assert findings_in(scope(chapters=())) == main_findings(full_report())
        assert findings_in(scope(charts=("means", "why"), chapters=(why(),)))[-2:] == alone

    def test_what_was_left_out_is_not_called_too_little(self):
        left_out = why(words=WordsResult(0, 0, 8, is_left_out=True))

        assert findings_in(scope(charts=("why",), chapters=(left_out,))) == [moving_finding(left_out)]

    def test_what_is_kept_comes_back_equal(self):
        kept = scope(charts=("by-location-mode", "why"), chapters=(two_ways(), why()))

        assert thaw(freeze(kept)) == kept
