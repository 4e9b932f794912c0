import pytest

from metrics.dimensions import DimensionSums
from metrics.ratings import Distribution
from reports.numbers.subjects import subjects, without
from reports.reading import report_for
from tests.factories import make_location, make_published
from tests.reports import samples
from tests.reports.answers import answer, asked, count

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("total", "part", "rest"),
    [
        (Distribution(1, 2, 3, 4, 5), Distribution(1, 1, 1, 1, 1), Distribution(0, 1, 2, 3, 4)),
        (
            DimensionSums(3, 9_000_000, 27, 2, 1),
            DimensionSums(1, 4_000_000, 16, 1, 1),
            DimensionSums(2, 5_000_000, 11, 1, 0),
        ),
    ],
)
def test_what_is_left_is_the_difference(total, part, rest):
    assert without(total, [part]) == rest


def test_parts_of_a_total_add_up_to_it():
    version = make_published()
    for code, n in (("a", 9), ("b", 7), ("c", 3), ("d", 4)):
        answer(version, *["54321"] * n, location=make_location(code=code))
    count()

    quality = next(subjects(report_for(asked())))

    assert [(part.name == "All others together", part.scores.n) for part in quality.parts] == [
        (False, 9),
        (False, 7),
        (True, 7),
    ]


def test_what_is_withheld_has_no_path():
    assert list(subjects(samples.empty_report())) == []


def test_each_subject_narrows_the_report_to_itself():
    version = make_published()
    answer(version, *["54321"] * 9, location=make_location(code="a"))
    count()
    one = asked("by=week")

    found = {subject.path: one.filters.query(**subject.narrows) for subject in subjects(report_for(one))}

    assert found["speed"].endswith("dimension=speed&by=week")
    assert "dimension=speed&location=a" in found["speed.location.a"]
    assert "from=2026-03-09&to=2026-03-15" in found["speed.days.2026-03-09"]
