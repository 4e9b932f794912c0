import numpy as np

from reports.ratings import add_up
from scoring.sums import RATED


def test_sums_of_blocks_and_counts_of_cells_add_up_by_measure():
    block = np.array([[7, 1, 0, 0, 0, 2, 0, 0, 0], [9, 0, 3, 0, 0, 0, 0, 1, 0]], RATED).tobytes()

    rows = [
        (0, 1, block, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        (0, 1, None, 9, 1, 1, 0, 0, 0, 0, 0, 4),
        (1, 1, block, *[0] * 9),
    ]

    assert dict(add_up(rows)) == {
        (0, 1, 7): [1, 0, 0, 0, 2, 0, 0, 0],
        (0, 1, 9): [1, 4, 0, 0, 0, 0, 1, 4],
        (1, 1, 7): [1, 0, 0, 0, 2, 0, 0, 0],
        (1, 1, 9): [0, 3, 0, 0, 0, 0, 1, 0],
    }


def test_nothing_adds_up_to_nothing():
    assert dict(add_up([])) == {}
