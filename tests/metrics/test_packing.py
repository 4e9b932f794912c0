import copy
import pickle
from dataclasses import dataclass, replace

import pytest

from metrics.comparison import Change, Verdict
from metrics.dimensions import DimensionSums
from metrics.intervals import Interval
from metrics.packing import packed


@packed
@dataclass(frozen=True, slots=True)
class Alone:
    value: int


@pytest.mark.parametrize(
    "value",
    [
        Alone(3),
        Interval(0.1, 0.25),
        Change(0.5, Interval(0.25, 0.75), 0.01, Verdict.HIGHER),
        DimensionSums(2, 7_000_000, 25_000_000_000, 1_000_000, 1_000_000_000),
    ],
)
def test_a_packed_value_comes_back_as_it_was(value):
    unpacked = pickle.loads(pickle.dumps(value))  # noqa: S301 - packed here

    for made in (copy.copy(value), copy.deepcopy(value), replace(value), unpacked):
        assert (made, type(made)) == (value, type(value))


def test_only_values_are_packed():
    assert b"low" not in pickle.dumps(Interval(0.1, 0.25))
