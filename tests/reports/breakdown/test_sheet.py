import pickle

import numpy as np
import pytest

from metrics.comparison import Verdict, change_in_mean
from metrics.ratings import Distribution
from reports.breakdown.results import Brief, CellResult, Cells, RowResult, brief_of
from reports.breakdown.sheet import COMPUTED, EMPTY, STATES, TOO_FEW, VERDICTS, Sheet
from reports.enums import ResultState
from reports.results import Computed, Empty, Withheld
from reports.scores import scored
from tests.reports.breakdown.samples import breakdown, make_world

SHOWN = (Distribution(1, 2, 3, 4, 5), Distribution(0, 0, 0, 0, 9))
WHOLE = Distribution(20, 20, 20, 20, 20)


@pytest.fixture
def sheet():
    """One row of four cells: compared, all alike and compared, withheld, nobody's."""
    sums = np.array([[one.counts for one in (*SHOWN, Distribution(), Distribution())]]).transpose(2, 0, 1)
    return Sheet(
        kind=Distribution,
        minimum=5,
        sums=sums,
        wholes=np.array(WHOLE.counts).reshape(5, 1, 1),
        states=np.array([[COMPUTED, COMPUTED, TOO_FEW, EMPTY]]),
        verdicts=np.array([[VERDICTS.index(Verdict.HIGHER)] * 2 + [0, 0]]),
        means=np.array([[one.mean or 0.0 for one in (*SHOWN, Distribution(), Distribution())]]),
    )


def test_a_cell_is_what_its_sums_say(sheet):
    scores = scored(dict(enumerate(SHOWN)), set(), 5)

    assert [cell.score for cell in sheet.row(0)] == [scores[0], scores[1], Withheld(5), Empty()]
    assert [cell.against for cell in sheet.row(0)] == [
        *(change_in_mean(one, WHOLE - one) for one in SHOWN),
        None,
        None,
    ]


def test_a_verdict_is_that_of_all_cells_at_once(sheet):
    sheet.verdicts[0, 1] = VERDICTS.index(Verdict.NO_EVIDENCE)

    (cell,) = [cell for cell in sheet.row(0) if cell.score == scored({0: SHOWN[1]}, set(), 5)[0]]

    alone = change_in_mean(SHOWN[1], WHOLE - SHOWN[1])
    assert alone.verdict is Verdict.HIGHER
    assert (cell.verdict, cell.against.p_value) == (Verdict.NO_EVIDENCE, alone.p_value)


def test_briefs_say_the_same_as_the_cells(sheet):
    cells = Cells(sheet, 0)

    assert list(cells.briefs) == [brief_of(cell.score, cell.verdict) for cell in cells]
    assert list(cells.briefs) == list(RowResult(None, tuple(cells)).briefs)
    assert cells.briefs[2] == Brief(ResultState.TOO_FEW)


def test_cells_are_a_sequence_like_any_other(sheet):
    cells = Cells(sheet, 0)

    assert len(cells) == 4
    assert cells == tuple(cells)
    assert cells[1:3] == (cells[1], cells[2])
    assert isinstance(cells[-1], CellResult)
    assert cells != tuple(cells)[:3]


def test_rows_far_apart_are_made_alike(sheet):
    many = Sheet(
        sheet.kind,
        sheet.minimum,
        *(np.repeat(one, 100, axis=-2) for one in (sheet.sums,)),
        sheet.wholes,
        *(np.repeat(one, 100, axis=0) for one in (sheet.states, sheet.verdicts, sheet.means)),
    )

    assert {many.row(number) == sheet.row(0) for number in (0, 31, 32, 99)} == {True}


def test_what_is_kept_is_small_and_comes_back(sheet):
    before = len(pickle.dumps(sheet))
    row = RowResult(None, Cells(sheet, 0))
    assert isinstance(row.cells[0].score, Computed)

    assert len(pickle.dumps(sheet)) == before
    assert pickle.loads(pickle.dumps(row)) == row  # noqa: S301 - our own


def test_the_states_are_those_of_results():
    assert [STATES[at] for at in (EMPTY, TOO_FEW, COMPUTED)] == [
        Empty.state,
        Withheld.state,
        Computed.state,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["rows=location&columns=touchpoint", "rows=location&columns=measure"])
def test_nothing_is_kept_of_what_may_not_be_shown(query):
    make_world(number=80, places=(8, 4, 2, 1, 1))

    sheet = breakdown(query).rows[0].cells.sheet

    hidden = sheet.states != COMPUTED
    assert hidden.any()
    assert sheet.sums[:, ~hidden].any()
    assert not sheet.sums[:, hidden].any()
    assert not sheet.means[hidden].any()
