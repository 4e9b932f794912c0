"""The page of a report that was kept; tests/reports/schedules/test_sent_views.py asks for it by its address."""

import pytest

from organisation.enums import Role
from reports.charts import CHARTS
from reports.stored_page import stored_page
from reports.storing import store_report
from tests.factories import make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db


def page_of(version, query="period=30"):
    stored = store_report(
        member=make_member(Role.ADMINISTRATOR),
        filters=f"survey={version.survey.slug}&{query}",
        language="en",
        now=NOW,
    )
    return stored_page(stored, lambda name: f"/charts/{name}.svg")


def test_it_has_every_chart_with_its_table():
    version = make_published()
    counted(version, *["55443"] * 6)

    page = page_of(version)

    assert [figure.id for figure in page["figures"]] == list(CHARTS)
    assert all(figure.table.rows for figure in page["figures"] if figure.id != "locations")
    assert {figure.table.paths for figure in page["figures"]} == {()}
    assert page["figures"][0].dark[1].url == "/charts/means.svg?size=narrow&theme=dark"


def test_without_answers_it_says_so_and_draws_nothing():
    page = page_of(make_published())

    assert (page["findings"], page["figures"]) == (["No answers"], [])
