"""The form of a schedule; tests/reports/schedules/test_views.py sends what is wrong with each of its fields."""

import pytest

from organisation.models import Member
from reports.schedules import forms
from reports.schedules.forms import ScheduleForm, initial_for
from surveys.models import Survey
from tests.factories import make_member, make_published
from tests.reports.answers import asked

pytestmark = pytest.mark.django_db


def form(*members, **changes):
    given = {
        "name": "Monday",
        "period": "7",
        "step": "day",
        "at": "07:00",
        "recipients": [one.pk for one in members],
    }
    how = {"offered": Member.objects.all(), "submit": "Save", "back": "/"}
    if not Survey.objects.exists():
        make_published()
    return ScheduleForm({**given, **changes}, asked=asked(), **how)


@pytest.mark.parametrize(
    ("step", "days"), [("day", (None, None)), ("week", (3, None)), ("month", (None, 31))]
)
def test_a_step_keeps_the_day_that_it_needs_and_no_other(step, days):
    version = make_published()
    filled = form(make_member(), step=step, weekday="3", month_day="31")

    assert filled.is_valid(), filled.errors
    values = filled.wish(asked(f"survey={version.survey.slug}")).values
    assert (values["weekday"], values["month_day"]) == days
    assert values["filters"] == f"survey={version.survey.slug}&period=7"


def test_there_is_an_end_to_how_many_get_it(monkeypatch):
    monkeypatch.setattr(forms, "MOST_RECIPIENTS", 1)

    assert list(form(make_member(), make_member()).errors) == ["recipients"]


def test_it_begins_with_the_days_of_the_report_and_with_oneself():
    version, member = make_published(), make_member()

    begun = initial_for(asked(f"survey={version.survey.slug}&period=last_month"), member)

    assert (begun["period"], begun["recipients"]) == ("last_month", [member.pk])


def test_days_to_compare_with_move_along():
    version = make_published()
    filled = form(make_member())
    chosen = asked(f"survey={version.survey.slug}&compare_from=2025-01-01&compare_to=2025-01-31")

    assert filled.is_valid()
    assert filled.wish(chosen).values["filters"] == f"survey={version.survey.slug}&period=7"
