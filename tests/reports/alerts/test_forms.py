"""The form of an alert; tests/reports/alerts/test_views.py sends what is wrong with each of its fields."""

import pytest

from reports.alerts.forms import initial_for
from tests.factories import make_member, make_published
from tests.reports.answers import asked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "dimension", "period"),
    [("dimension=speed&period=7", "speed", "7"), ("from=2026-01-01&to=2026-01-31", "overall", "30")],
)
def test_it_begins_with_what_the_report_is_about(query, dimension, period):
    begun = initial_for(asked(f"survey={make_published().survey.slug}&{query}"), make_member())

    assert (begun["dimension"], begun["period"]) == (dimension, period)
