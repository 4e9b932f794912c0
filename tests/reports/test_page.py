from datetime import date, timedelta

import pytest

from reports.charts import CHARTS
from reports.page import MOST_ROWS, page, ranking
from reports.reading import report_for
from surveys.enums import Dimension
from tests.factories import make_location, make_published
from tests.reports.answers import answer, asked, count

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = make_published(questions=(("wait", Dimension.SPEED), ("whole", Dimension.OVERALL)))
    answer(version, *["52"] * 6, location=make_location(code="harbour", name="Harbour"))
    answer(version, *["15"] * 6, location=make_location(code="station", name="Station"))
    count()
    return version


def shown(query=""):
    one = asked(query)
    return page(one, report_for(one))


def test_each_chart_has_its_pictures_files_and_table(version):
    figures = shown("period=30")["figures"]

    assert list(figures) == list(CHARTS)
    means = figures["means"]
    assert [picture.url.split("?")[0] for picture in means.light] == ["/reports/charts/means.svg"] * 2
    assert [picture.width for picture in means.light] == [470, 358]
    assert all("theme=dark" in picture.url for picture in means.dark)
    assert [picture.width for picture in figures["questions"].light] == [980, 358, 470]
    assert [download.kind for download in means.downloads] == ["PNG", "SVG", "CSV", "XLSX"]
    assert means.subtitle == (
        "Mean of each dimension · 2 Mar to 31 Mar 2026 · compared with 31 Jan to 1 Mar 2026"
    )
    assert [column.label for column in means.table.columns][:3] == ["Dimension", "Responses", "Mean"]


def test_chart_addresses_carry_every_filter_and_the_mark_of_the_names(version):
    one = asked("location=harbour&period=30")
    url = page(one, report_for(one))["figures"]["trend"].light[0].url

    assert f"survey={version.survey.slug}&location=harbour&period=30&" in url


def test_locations_stand_in_the_leading_order_in_every_dimension(version):
    one = asked()

    rows = ranking(one, report_for(one))

    assert [row.place.name for row in rows] == ["Station", "Harbour", "Main"]
    assert [brief.mean for _dimension, brief in rows[0].results] == [1.0, 5.0]
    assert rows[0].url.endswith("&location=station")


def test_without_a_score_there_is_no_ranking(version):
    one = asked("from=2020-01-01&to=2020-01-31")

    assert ranking(one, report_for(one)) == []


def test_a_long_table_is_cut_and_says_so(version):
    answer(version, *["55"] * 6, location=make_location(name="Last"))
    for number in range(MOST_ROWS):
        make_location(name=f"Place {number:03}")
    count()

    table = shown()["figures"]["locations"].table

    assert len(table.rows) == MOST_ROWS
    assert table.note == f"The first {MOST_ROWS} of {2 * (MOST_ROWS + 4)} rows; the CSV has all of them."


def test_points_that_stand_out_are_listed_with_reason_and_chance(version):
    first = date(2026, 1, 5)
    for week in range(12):
        usual = [*["42", "53", "44", "35"] * 10, *["54" if week % 2 else "24"] * 3]
        ratings = ["11"] * 40 if week == 9 else usual
        answer(version, *ratings, on=first + timedelta(weeks=week))
    count()

    found = shown("from=2026-01-05&to=2026-03-29&by=week&dimension=speed")["signals"]

    assert [(row.days, row.reason) for row in found] == [
        ("9 Mar to 15 Mar 2026", "Below the limits"),
        ("2 Mar to 8 Mar 2026", "Above the usual, in a run"),
    ]
    assert found[0].score.mean < 2
    assert found[0].score.mean < found[0].control.limits.low
    assert 0 < found[0].chance < 0.05
    assert "from=2026-03-09&to=2026-03-15" in found[0].url


def test_a_short_trend_has_nothing_that_stands_out(version):
    assert shown("period=30&by=week")["signals"] == []
