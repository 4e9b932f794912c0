"""Each number of a report, opened: its file gives the figure that the page shows, to the digit."""

import random
from datetime import date, timedelta

import pytest

from metrics.rates import Rate
from organisation.models import Organisation
from reports import numerals
from reports.numbers.numbers import find_number, number_of_rate, numbers
from reports.numbers.page import number_csv
from reports.reading import report_for
from reports.results import Computed
from surveys.enums import Continuity, Dimension
from tests.factories import make_draft, make_location, make_published, make_question, make_region
from tests.reports.answers import administrator, answer, answer_all, asked, count
from tests.reports.numbers import recomputed
from tests.reports.numbers.recomputed import figures

pytestmark = pytest.mark.django_db

QUERY = "from=2026-01-05&to=2026-03-29&by=week"


@pytest.fixture
def one():
    """Three questions of two dimensions, weighted and reversed; two versions; four places, one of them small."""
    draft = make_draft(questions=())
    make_question(draft, 1, key="care", dimension=Dimension.QUALITY)
    make_question(draft, 2, key="result", dimension=Dimension.QUALITY, weight=2)
    make_question(draft, 3, key="waiting", dimension=Dimension.SPEED, is_reversed=True)
    first = make_published(draft=draft)
    draft = make_draft(first.survey, questions=())
    make_question(
        draft,
        1,
        key="care",
        dimension=Dimension.QUALITY,
        text="How kind were we?",
        continuity=Continuity.NEW_WORDING,
    )
    make_question(draft, 2, key="result", dimension=Dimension.QUALITY, weight=2)
    make_question(draft, 3, key="waiting", dimension=Dimension.SPEED, is_reversed=True)
    second = make_published(draft=draft)
    coast, chance = make_region(name="Coast"), random.Random(11)
    places = [make_location(code=code, region=coast) for code in ("harbour", "station", "mill")]
    small = make_location(code="small", region=coast)
    for version, weeks in ((first, range(-12, 4)), (second, range(4, 12))):
        answer_all(
            version,
            [
                {
                    "ratings": "".join(chance.choice("1234455x-") for _question in range(3)),
                    "location": place,
                    "on": date(2026, 1, 5) + timedelta(days=7 * week + chance.randrange(7)),
                }
                for week in weeks
                for place in places
                for _response in range(chance.randint(4, 9))
            ],
        )
    answer(second, "555", "111", location=small)
    count()
    return asked(QUERY, administrator())


def test_the_file_of_each_number_gives_the_figure_that_is_shown(one):
    report = report_for(one)
    wrong, opened = {}, set()

    for number in numbers(report):
        rows = recomputed.rows_of(number_csv(one, report, number))
        opened.add(number.path)
        if number.path.endswith("false_alarm"):
            continue
        found = figures(number.path, rows)
        if found != (number.shown, number.interval) or {row["shown"].removeprefix("'") for row in rows} != {
            number.shown
        }:
            wrong[number.path] = (found, number.shown, number.interval)

    assert wrong == {}
    assert shown_paths(report) - opened == set()


def shown_paths(report):
    """A path for each figure in the report, found by walking through its result."""
    paths = {
        "responses",
        *(f"version.{one.number}.n" for one in report.versions if one.responses is not None),
    }
    for result in report.computed:
        name = result.dimension
        scores = {name: result.score, f"{name}.previous": result.previous}
        scores |= {f"{name}.location.{place.code}": place.score for place in result.locations}
        scores |= {f"{name}.days.{one.period.start}": one.score for one in result.trend}
        scores |= {f"question.{one.key}": one.score for one in result.questions}
        scores |= {
            f"question.{one.key}.version.{line.number}": line.score
            for one in result.questions
            for line in one.lines
        }
        shown = [path for path, score in scores.items() if isinstance(score, Computed)]
        paths |= {f"{path}.{quantity}" for path in shown for quantity in ("mean", "share", "n")}
        paths |= {f"{name}.change", f"{name}.false_alarm", f"{name}.ratings"}
        paths |= {
            f"{name}.location.{place.code}.change"
            for place in result.locations
            if place.against.difference is not None
        }
        paths |= {f"{name}.days.{one.period.start}.usual" for one in result.trend if one.control}
        paths |= {
            f"question.{one.key}.{left}" for one in result.questions for left in ("not_applicable", "blank")
        }
    return paths


def test_there_is_something_of_everything(one):
    paths = shown_paths(report_for(one))

    assert "question.care.version.1.mean" in paths
    assert "quality.location.harbour.change" in paths
    assert len([path for path in paths if path.endswith(".usual")]) >= 16
    assert [path for path in paths if "small" in path] == []


def test_limits_are_those_of_the_points_in_the_file(one):
    report = report_for(one)
    usual = [number for number in numbers(report) if number.path.endswith(".usual")]

    for number in usual:
        rows = recomputed.rows_of(number_csv(one, report, number))
        facts = dict(number.facts)
        n = int(facts["Responses of this point"])
        assert facts["Control limits"] == numerals.span(
            recomputed.low_and_high(recomputed.limits(rows, n))
        ), number.path


def test_the_chance_of_a_false_alarm_is_that_of_series_of_ones_own(one):
    report = report_for(one)
    number = find_number(report, "quality.false_alarm")
    rows = recomputed.rows_of(number_csv(one, report, number))

    expected = recomputed.false_alarm(recomputed.total(rows, "n"))

    assert int(number.shown.split()[0]) == pytest.approx(100 * expected, abs=1.5)


def test_a_total_is_made_of_its_places_and_of_the_others_together(one):
    parts = [row.cells["part"] for row in find_number(report_for(one), "quality.mean").table.rows]

    assert len(parts) == 3
    assert parts[-1] == "All others together"


@pytest.mark.parametrize(
    "path",
    ["", "quality", "quality.mean.mean", "quality.location.small.mean", "mean", "overall.mean", "x." * 90],
)
def test_what_is_not_shown_cannot_be_opened(one, path):
    assert find_number(report_for(one), path) is None


def test_a_change_without_anything_to_compare_with_is_no_number(one):
    everything = asked(f"survey={one.survey.slug}&period=all", administrator())

    assert find_number(report_for(everything), "quality.change") is None
    assert find_number(report_for(one), "quality.change") is not None


def test_a_response_rate_is_a_fraction_of_people():
    number = number_of_rate(Rate(8, 37))

    assert number.shown == "22 %"
    assert number.facts == (("Numerator", "8"), ("Denominator", "37"))
    assert number.table.rows[0].cells == {"finished": 8, "reached": 37}


def test_numerator_and_denominator_are_said(one):
    number = find_number(report_for(one), "quality.share")
    above, below, effective = (value for _name, value in number.facts)

    assert float(above) / int(below) == pytest.approx(int(number.shown.split()[0]) / 100, abs=0.005)
    assert int(effective) >= int(below)


def test_no_number_is_of_a_group_below_the_minimum(one):
    minimum = Organisation.objects.get(pk=1).minimum_group
    report = report_for(one)

    sizes = {
        (number.path, row.cells.get("part")): row.cells["n"]
        for number in numbers(report)
        if not number.path.endswith(("not_applicable", "blank", "false_alarm"))
        for row in number.table.rows
    }

    assert min(sizes.values()) >= minimum
