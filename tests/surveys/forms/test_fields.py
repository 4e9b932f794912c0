from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms

from surveys.forms.fields import LocalMomentField, OneLineField


class MomentForm(forms.Form):
    at = LocalMomentField(required=False)


def form_of(*args, zone="Europe/Copenhagen", **kwargs):
    form = MomentForm(*args, **kwargs)
    form.fields["at"].zone = ZoneInfo(zone)
    return form


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-01-15T09:00", datetime(2026, 1, 15, 8, 0, tzinfo=UTC)),
        ("2026-07-15T09:00", datetime(2026, 7, 15, 7, 0, tzinfo=UTC)),
        ("2026-07-15 09:00:30", datetime(2026, 7, 15, 7, 0, 30, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_moment_is_read_by_the_clock_of_the_zone(typed, moment):
    form = form_of({"at": typed})

    assert form.is_valid()
    assert form.cleaned_data == {"at": moment}


def test_a_moment_is_shown_by_the_clock_of_the_zone():
    form = form_of(initial={"at": datetime(2026, 7, 15, 7, 0, tzinfo=UTC)})

    assert 'value="2026-07-15T09:00"' in str(form["at"])


@pytest.mark.parametrize(
    "typed",
    [
        "tomorrow",
        "2026-13-01T09:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "1999-12-31T12:00",
        # The hour that the clock leaves out in spring, and the one that it repeats in autumn.
        "2026-03-29T02:30",
        "2026-10-25T02:30",
    ],
)
def test_a_moment_that_cannot_be_meant_is_refused(typed):
    assert list(form_of({"at": typed}).errors) == ["at"]


@pytest.mark.parametrize(("given", "text"), [(" a \r\n\t b  ", "a b"), ("", "")])
def test_one_line_is_one_line(given, text):
    assert OneLineField(required=False).clean(given) == text
