import pytest

from reports.charts import CHARTS
from reports.contents import ContentsField, charts_named, kept_names


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
