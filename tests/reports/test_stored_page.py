"""The page of a report that was kept; tests/reports/schedules/test_sent_views.py asks for it by its address."""

from datetime import date

import pytest
from django.http import Http404

import reports.page
from organisation.enums import Role
from reports.charts import CHARTS
from reports.renderings import PICTURES
from reports.stored_page import stored_chart, stored_page
from reports.storing import store_report
from tests.factories import make_location, make_member, make_published
from tests.factories.reports import NOW
from tests.press.paper import pages, text_of
from tests.reports.answers import counted
from tests.reports.exports.sheets import sheets_of

pytestmark = pytest.mark.django_db


def page_of(version, query="period=30", charts=(), **more):
    stored = store_report(
        member=make_member(Role.ADMINISTRATOR),
        filters=f"survey={version.survey.slug}&{query}",
        language="en",
        now=NOW,
        charts=charts,
    )
    return stored_page(stored, address, **more)


def address(name, kind):
    return f"/charts/{name}.{kind}"


def test_it_has_every_chart_with_its_table():
    version = make_published()
    counted(version, *["55443"] * 6)

    page = page_of(version)

    figures = page["halves"] + page["figures"]
    assert [figure.id for figure in figures] == list(CHARTS)
    assert all(figure.table.rows for figure in figures if figure.id != "locations")
    assert {figure.table.paths for figure in figures} == {()}
    assert figures[0].dark[1].url == "/charts/means.svg?size=narrow&theme=dark"


def test_it_has_the_charts_that_were_chosen_and_no_other():
    version = make_published()
    counted(version, *["55443"] * 6)

    page = page_of(version, charts=["trend", "means"])

    assert [figure.id for figure in page["halves"] + page["figures"]] == ["means", "trend"]
    text = " ".join(text_of(one) for one in pages(bytes(page["stored"].pdf)))
    assert {name: str(chart.subject) in text for name, chart in CHARTS.items()} == {
        name: name in {"means", "trend"} for name in CHARTS
    }


def test_a_picture_that_was_not_chosen_is_not_there(rf):
    version = make_published()
    counted(version, *["55443"] * 6)
    stored = page_of(version, charts=["means"])["stored"]

    assert stored_chart(rf.get("/"), stored, "means", "svg").status_code == 200
    with pytest.raises(Http404):
        stored_chart(rf.get("/"), stored, "locations", "svg")


def test_each_chart_has_its_files_and_a_link_their_pictures_alone():
    version = make_published()
    counted(version, *["55443"] * 6)

    page, link = page_of(version, charts=["trend"]), page_of(version, charts=["trend"], kinds=PICTURES)

    (figure,), (shared,) = page["figures"], link["figures"]
    assert [one.url for one in figure.downloads] == [
        f"/charts/trend.{kind}?titled=1" for kind in ("png", "svg", "csv", "xlsx")
    ]
    assert [one.kind for one in shared.downloads] == ["PNG", "SVG"]


def test_a_table_that_goes_on_says_where(monkeypatch):
    monkeypatch.setattr(reports.page, "MOST_ROWS", 2)
    version = make_published()
    counted(version, *["55443"] * 6)

    page, link = page_of(version, charts=["means"]), page_of(version, charts=["means"], kinds=PICTURES)

    assert page["halves"][0].table.note == "The first 2 of 5 rows; the CSV has all of them."
    assert link["halves"][0].table.note == "The first 2 of 5 rows; the PDF has more of them."


def test_its_files_are_those_of_the_report_on_its_day(rf, client):
    version = make_published()
    counted(version, *["55443"] * 6, on=NOW.date())
    stored = page_of(version)["stored"]
    client.force_login(stored.member)
    query = f"survey={version.survey.slug}&from=2026-03-02&to=2026-03-31"
    live = {
        kind: client.get(f"/reports/charts/trend.{kind}?{query}&titled=1").content
        for kind in ("csv", "png", "svg")
    }
    counted(version, *["11111"] * 9, on=NOW.date())

    kept = {kind: stored_chart(rf.get("/?titled=1"), stored, "trend", kind) for kind in ("csv", "png", "svg")}

    assert {kind: file.content for kind, file in kept.items()} == live
    name = f"{version.survey.slug}-trend-2026-03-02-2026-03-31.png"
    assert kept["png"]["Content-Disposition"] == f'inline; filename="{name}"'


def test_a_file_of_a_chapter_is_about_the_chapter(rf):
    version = make_published()
    counted(version, *["55443"] * 6, on=date(2026, 3, 30))
    names = ["means", "by-location-weekday.1"]
    counted(version, *["55443"] * 6, on=date(2026, 3, 30), location=make_location())
    stored = page_of(version, charts=names)["stored"]

    book = sheets_of(stored_chart(rf.get("/"), stored, "by-location-weekday.1-dots", "xlsx").content)

    facts = dict(line[:2] for line in book["Method"] if line[0])
    assert facts["Day of the week"] == "Monday"
    assert "Compared with" not in facts


def test_it_has_its_chapters_as_they_were(rf):
    version = make_published()
    counted(version, *["55443", "12345"] * 6)

    page = page_of(version, charts=["means", "by-location-mode", "by-mode-weekday.1", "why"])
    counted(version, *["11111"] * 9)

    figures = page["halves"] + page["figures"]
    assert [figure.id for figure in figures] == [
        "means",
        "by-location-mode-heat",
        "by-location-mode-multiples",
        "why-moving",
    ]
    assert {figure.table.paths for figure in figures} == {()}
    assert "Location, Monday · There is nothing to compare" not in page["findings"]
    assert "Mode, Monday · There is nothing to compare" in page["findings"]
    for figure in figures:
        assert stored_chart(rf.get("/"), page["stored"], figure.id, "svg").content.startswith(b"<?xml")
    text = " ".join(text_of(one) for one in pages(bytes(page["stored"].pdf)))
    assert "Location × Mode: Heat map of the means" in text
    assert "What moves with overall, from 12 responses" in " ".join(text.split())


def test_without_answers_it_says_so_and_draws_nothing():
    page = page_of(make_published())

    assert (page["findings"], page["figures"]) == (["No answers"], [])
