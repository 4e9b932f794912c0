import pytest

from reports.why.results import why_of
from tests.reports.samples import full_report
from tests.reports.why.samples import why


def test_a_picture_of_why_is_of_nothing_else():
    asked = why()

    assert why_of(asked) is asked
    with pytest.raises(TypeError):
        why_of(full_report())
