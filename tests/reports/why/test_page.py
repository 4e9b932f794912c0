from dataclasses import replace

import pytest

from metrics.association import Association
from metrics.intervals import Interval
from reports.results import Withheld
from reports.why.moving import Moving
from reports.why.page import _moving_row, _told

CLEAR = Moving("wait", "speed", "How long?", Association(40, 0.5, Interval(0.2, 0.7), 0.001), is_clear=True)


def test_a_correlation_has_its_place_on_the_axis():
    row = _moving_row(CLEAR)

    assert (row.rho, row.span, row.at, row.low, row.high) == ("+0.50", "+0.20 to +0.70", 75, 60, 85)


@pytest.mark.parametrize("found", [Withheld(5), Association(7)])
def test_what_is_not_known_has_no_place(found):
    assert _moving_row(replace(CLEAR, found=found)).rho == ""


@pytest.mark.parametrize(("n", "told"), [(0, "0 of 40 (0 %)"), (7, "fewer than 8"), (12, "12 of 40 (30 %)")])
def test_a_few_comments_are_only_few(n, told):
    assert _told(n, 40, 8) == told
