"""Documents and workbooks of the charts that were ticked."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from organisation.enums import Role
from reports.chapters import USUAL, chapter_label
from reports.charts import CHARTS
from tests.factories import make_location, make_member, make_published
from tests.press.paper import pages, text_of
from tests.reports.answers import IN_MARCH, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(client):
    version = make_published()
    counted(version, *["55443"] * 6)
    client.force_login(make_member(Role.ADMINISTRATOR))
    return version.survey


def sheets(answer):
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).sheet_names


def test_the_page_offers_every_chart_and_keeps_the_address(client, survey):
    page = client.get(f"/reports/contents/?survey={survey.slug}&mode=link&period=7")

    ticked = {name: is_chosen for name, _label, is_chosen in page.context["charts"]}
    assert ticked == {name: name in CHARTS for name in [*CHARTS, *USUAL]}
    assert page.context["kept"] == [("survey", survey.slug), ("mode", "link"), ("period", "7")]


def test_a_breakdown_is_added_and_ticked(client, survey):
    address = f"/reports/contents/?survey={survey.slug}&chart=means&rows=region&columns=mode"

    page = client.get(address)

    ticked = [(name, label) for name, label, is_chosen in page.context["charts"] if is_chosen]
    assert ticked == [("means", "Mean of each dimension"), ("by-region-mode", "Region × Mode")]
    assert ("rows", "region") not in page.context["kept"]


def test_a_workbook_has_a_sheet_for_each_table_of_each_chapter(client, survey):
    address = f"/reports/report.xlsx?survey={survey.slug}&period=all&chart=means"

    answer = client.get(f"{address}&chart=why&chart=by-location-mode&chart=by-measure&rows=mode")

    assert sheets(answer) == [
        "Scores by dimension",
        "Location × Mode",
        "Question",
        "Mode",
        "What moves with overall",
        "Method",
    ]


def test_a_chapter_by_itself_is_called_by_its_name(client, survey):
    name = f"by-location-weekday.{IN_MARCH.isoweekday()}"

    answer = client.get(f"/reports/report.xlsx?survey={survey.slug}&period=all&chart={name}")

    assert f'"{survey.slug}-{name}-' in answer.headers["Content-Disposition"]
    assert sheets(answer) == [chapter_label(name), "Method"]


@pytest.mark.parametrize(
    ("chart", "said"),
    [("by-location-weekday.9", "“9”"), ("by-location-question.ghost", "“ghost”")],
)
def test_a_line_that_there_is_not_is_refused(client, survey, chart, said):
    answer = client.get(f"/reports/report.xlsx?survey={survey.slug}&chart={chart}")

    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_workbook_holds_what_was_ticked(client, survey):
    address = f"/reports/report.xlsx?survey={survey.slug}&period=all"

    everything, two = client.get(address), client.get(f"{address}&chart=trend&chart=means")

    assert len(sheets(everything)) == len(CHARTS) + 1
    assert len(sheets(two)) == 3
    assert sheets(two)[-1] == "Method"


def test_a_document_holds_what_was_ticked_with_its_contents(client, survey):
    answer = client.get(f"/reports/report.pdf?survey={survey.slug}&period=all&chart=questions")

    text = " ".join(text_of(page) for page in pages(answer.content))
    subjects = {name: str(chart.subject) in text for name, chart in CHARTS.items()}
    assert subjects == {name: name == "questions" for name in CHARTS}
    assert "Contents" in text
    assert "Method" in text


@pytest.mark.parametrize(
    "chart", ["", "ghost", "x" * 5000, "%00", "by-", "by-ghost", "by-region-region", "by-region-mode.a"]
)
def test_a_chart_that_there_is_not_leaves_everything_in(client, survey, chart):
    answer = client.get(f"/reports/report.xlsx?survey={survey.slug}&period=all&chart={chart}")

    assert len(sheets(answer)) == len(CHARTS) + 1


def test_what_cannot_be_read_is_refused(client, survey):
    client.force_login(make_member(Role.MANAGER, locations=[make_location()]))

    assert client.get(f"/reports/contents/?location={make_location().code}").status_code == 400
