from datetime import date

import pytest

from scoring import recounts
from scoring.actions import recount, score_pending
from scoring.models import MeasureCell
from scoring.recounts import Difference, windows
from tests.factories import make_location, make_published, make_response
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def version():
    """Some responses of two surveys, scored."""
    other = make_published(questions=[("calm", "overall")])
    version = make_published()
    for day in (1, 2, 3, 4):
        make_response(version, "54x-1", received_on=date(2026, 3, day))
        make_response(other, "3", received_on=date(2026, 3, day), location=make_location())
    score_pending(now=NOW)
    return version


def test_windows_cover_all_time_once(version, monkeypatch):
    monkeypatch.setattr(recounts, "WINDOW", 2)
    make_response(version, received_on=date.max)

    of_survey = [window for window in windows() if window.survey == version.survey_id]

    assert [(window.first, window.last) for window in of_survey] == [
        (date.min, date(2026, 3, 2)),
        (date(2026, 3, 3), date(2026, 3, 4)),
        (date(2026, 3, 5), date.max),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_recount_finds_the_same_in_windows_of_any_size(version, monkeypatch, size):
    monkeypatch.setattr(recounts, "WINDOW", size)
    MeasureCell.objects.filter(version=version, n5=1).update(n5=2)
    MeasureCell.objects.filter(version=version, n4=1, day=DAY).update(day=date(1999, 1, 1))

    found = recount(check=True, now=NOW)

    # The seventh is the day in 1999, of which no block tells.
    assert (found.responses, found.differed) == (8, 7)


def test_recount_numbers_differences_that_it_does_not_describe(version, monkeypatch):
    monkeypatch.setattr(recounts, "SHOWN", 3)
    MeasureCell.objects.filter(version=version).delete()

    found = recount(check=True, now=NOW)

    assert (found.differed, len(found.differences)) == (20, 3)


def test_difference_reads_as_a_line():
    difference = Difference("MeasureCell", {"measure_id": 3, "day": DAY}, (1, 2), (1, 3))

    assert str(difference) == "MeasureCell measure_id=3 day=2026-03-02: stored (1, 2), counted (1, 3)"
