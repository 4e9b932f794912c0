import csv
import io

import pytest

from reports.charts import CHARTS
from reports.exports.scope import scope_of, with_scope
from reports.frames import csv_of
from reports.reading import report_for
from tests.factories import make_location, make_published
from tests.reports.answers import asked, counted
from tests.reports.samples import full_report, scope


def rows_of(name, report=None):
    table = with_scope(CHARTS[name].table(report or full_report()), scope(report))
    return list(csv.DictReader(io.StringIO(csv_of(table), newline="")))


@pytest.mark.parametrize("name", CHARTS)
def test_each_row_of_a_flat_file_says_what_it_is_about(name):
    for row in rows_of(name):
        told = {key: row[key] for key in ("survey", "days_from", "days_to", "responses", "data_version")}
        assert told == {
            "survey": "service",
            "days_from": "2026-03-02",
            "days_to": "2026-03-29",
            "responses": "40",
            "data_version": "7",
        }
        assert row["filters"] == "Region: North, =South"
        assert row["counted_at"] == "2026-03-29T12:00:00+00:00"


def test_a_flat_file_names_its_formulas():
    assert (
        "mean_interval: mean_interval; share_satisfied: DimensionSums.share_satisfied"
        in (rows_of("means")[0]["formulas"])
    )


def test_the_number_of_responses_is_nowhere_where_it_may_not_be_told():
    report = full_report(responses=None)

    assert rows_of("means", report)[0]["responses"] == ""
    assert "Responses" not in dict(scope(report).facts())


def test_facts_are_in_words(db):
    version = make_published()
    counted(version, *["55443"] * 6, location=make_location(code="harbour", name="Harbour"))
    one = asked("location=harbour&mode=link&from=2026-03-01&to=2026-03-31")

    facts = dict(scope_of(one, report_for(one)).facts())

    assert facts == {
        "Survey": version.survey.name,
        "Days": "1 Mar to 31 Mar 2026",
        "Compared with": "29 Jan to 28 Feb 2026",
        "Location": "Harbour",
        "Mode": "Link",
        "Responses": "6",
        "Versions of the survey": "1",
        "Last counted": "31 Mar 2026, 12:00 (UTC)",
        "Shown from": "5 responses on",
    }
