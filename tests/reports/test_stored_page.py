"""The page of a report that was kept; tests/reports/schedules/test_sent_views.py asks for it by its address."""

import pytest
from django.http import Http404

from organisation.enums import Role
from reports.charts import CHARTS
from reports.stored_page import stored_chart, stored_page
from reports.storing import store_report
from tests.factories import make_member, make_published
from tests.factories.reports import NOW
from tests.press.paper import pages, text_of
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db


def page_of(version, query="period=30", charts=()):
    stored = store_report(
        member=make_member(Role.ADMINISTRATOR),
        filters=f"survey={version.survey.slug}&{query}",
        language="en",
        now=NOW,
        charts=charts,
    )
    return stored_page(stored, lambda name: f"/charts/{name}.svg")


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

    assert stored_chart(rf.get("/"), stored, "means").status_code == 200
    with pytest.raises(Http404):
        stored_chart(rf.get("/"), stored, "locations")


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
        assert stored_chart(rf.get("/"), page["stored"], figure.id).content.startswith(b"<?xml")
    text = " ".join(text_of(one) for one in pages(bytes(page["stored"].pdf)))
    assert "Location × Mode: Heat map of the means" in text
    assert "What moves with overall, from 12 responses" in " ".join(text.split())


def test_without_answers_it_says_so_and_draws_nothing():
    page = page_of(make_published())

    assert (page["findings"], page["figures"]) == (["No answers"], [])
