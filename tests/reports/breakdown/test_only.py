"""A breakdown of one day of the week, version or question: a column of the one that tells all of them apart."""

import random

import pytest

from reports.breakdown.address import ONLY
from reports.breakdown.enums import Way
from reports.breakdown.findings import breakdown_findings
from reports.breakdown.page import breakdown_bar, page
from reports.breakdown.tables import breakdown_table
from reports.enums import ResultState
from reports.exports.scope import scope_of
from reports.results import Computed, Withheld
from tests.reports.breakdown.samples import (
    MINIMUM,
    asked_breakdown,
    breakdown,
    counted_by_hand,
    make_world,
    numbers,
    told,
)

pytestmark = pytest.mark.django_db
ROWS = ("location", "region", "touchpoint", "mode")


def column_of(rows, way, code, filters):
    """What the whole table says of that column: by row, and the column's own total."""
    whole = breakdown(f"rows={rows}&columns={way}&{filters}")
    at = next((at for at, head in enumerate(whole.columns) if head.code == code), None)
    if at is None:
        return {}, None
    cells = {row.head.code: told(row.cells[at].score) for row in whole.rows}
    return {code: one for code, one in cells.items() if one != "empty"}, told(whole.columns[at].score)


def random_choice(chance):
    """(name, code, rows, other filters) of a breakdown that is narrowed to one line."""
    name, code = chance.choice(
        [
            *(("weekday", str(day)) for day in range(1, 8)),
            ("version", "1"),
            ("version", "2"),
            ("question", "speed"),
        ]
    )
    filters = chance.choice(["", "touchpoint=phone", "location=p3&location=p4", "mode=kiosk", "region=south"])
    return name, code, chance.choice(ROWS), filters


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_told_that_the_whole_table_hides(seed):
    """An attacker who takes all days but one from all gets no further than by the table of the days, which is held."""
    chance, hidden = random.Random(seed), 0
    make_world(number=chance.choice([40, 90, 200]), seed=seed, places=(8, 4, 2, 1, 1))
    for _try in range(25):
        name, code, rows, filters = random_choice(chance)
        one = breakdown(f"rows={rows}&{name}={code}&{filters}")

        cells, total = column_of(rows, ONLY[name].value, code, filters)
        found = {row: n for (row, _none), n in numbers(one).items() if n != "empty"}
        assert found == cells, (name, code, rows, filters)
        assert told(one.total) == (total or "empty")
        hidden += "too_few" in cells.values()
        assert all(n >= MINIMUM for n in found.values() if isinstance(n, int))
    assert hidden


def test_it_counts_the_answers_of_that_line_alone():
    make_world()

    for name, way, code in (
        ("weekday", "weekday", "3"),
        ("version", "version", "2"),
        ("question", "measure", "speed"),
    ):
        by_hand = counted_by_hand("location", way)
        shown = {
            row: n for (row, _none), n in numbers(breakdown(f"{name}={code}")).items() if isinstance(n, int)
        }
        assert shown
        assert shown == {row: by_hand[row, code] for row in shown}


def test_each_row_is_compared_with_the_others_of_that_day():
    make_world()
    monday = breakdown("weekday=1")

    compared = [cell for _row, _column, cell in monday.cells() if cell.against]
    assert monday.compared == len(compared) > 1
    first = compared[0]
    rest = (monday.total.mean * monday.total.n - first.score.mean * first.score.n) / (
        monday.total.n - first.score.n
    )
    assert first.against.difference == pytest.approx(first.score.mean - rest)


def test_questions_of_one_day_are_not_compared_with_each_other():
    make_world()
    monday = breakdown("rows=measure&weekday=1")

    assert (monday.compared, monday.responses) == (0, None)
    assert any(isinstance(cell.score, Computed) for _row, _column, cell in monday.cells())


def test_a_line_of_too_few_is_withheld():
    make_world(number=20)

    assert any(isinstance(breakdown(f"weekday={day}").total, Withheld) for day in range(1, 8))


def test_a_version_that_nobody_answered_is_empty():
    make_world(number=20)

    assert breakdown("version=2&location=p4").state in {ResultState.EMPTY, ResultState.TOO_FEW}
    assert breakdown("version=2&from=2020-01-01&to=2020-02-01&period=").state is ResultState.EMPTY


def test_it_says_what_it_is_narrowed_to():
    make_world()
    address = asked_breakdown("period=all&weekday=1")
    one = breakdown("weekday=1")

    assert scope_of(address, one).chosen == (("Day of the week", ("Monday",)),)
    assert all("Monday" in finding for finding in breakdown_findings(one))
    row = next(iter(breakdown_table(breakdown("question=speed")).rows))
    assert row.cells["dimension"] == "“How was the speed?”"


def test_a_chip_undoes_it_and_the_form_keeps_it():
    make_world()
    bar = page(asked_breakdown("period=all&weekday=1"), breakdown("weekday=1"))["bar"]

    assert [(chip.label, chip.value) for chip in bar.chips] == [("Day of the week", "Monday")]
    assert "weekday" not in bar.chips[0].remove_url + bar.clear_url
    assert ("weekday", "1") in bar.kept


def test_a_day_of_the_week_can_be_chosen_where_there_is_room():
    make_world()

    def offered(query):
        return "weekday" in {select.name for select in breakdown_bar(asked_breakdown(query)).selects}

    assert offered("")
    assert not any(offered(query) for query in ("columns=mode", "rows=weekday", "weekday=1", "version=1"))


def test_the_other_way_can_be_changed():
    make_world()
    context = page(asked_breakdown("version=1"), breakdown("version=1"))

    (rows,) = context["ways"]
    assert Way.VERSION not in {value for value, _label, _is_chosen in rows.options}
    assert context["rows"][0].url
