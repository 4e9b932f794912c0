from dataclasses import FrozenInstanceError, fields, replace

import pytest

from metrics.comparison import UNKNOWN
from metrics.ratings import Distribution
from reports.enums import ResultState
from reports.filters import Filters
from reports.periods import Period
from reports.results import Computed, DimensionResult, Empty, NotAsked, Report, Withheld
from tests.reports.answers import TODAY

SCORE = Computed(Distribution(n5=5), 5.0, None, 1.0, None, 5.0)
FILTERS = Filters(survey="service", period=Period(TODAY, TODAY))


def made(*scores, **filters):
    names = ("quality", "speed", "convenience", "knowledge", "overall")
    return Report(
        state=ResultState.COMPUTED,
        filters=replace(FILTERS, **filters),
        survey_name="Service",
        minimum=5,
        dimensions=tuple(
            DimensionResult(name, score, Empty(), UNKNOWN) for name, score in zip(names, scores, strict=False)
        ),
    )


def test_what_is_withheld_holds_no_number_but_the_minimum():
    assert [field.name for field in fields(Withheld)] == ["minimum"]
    assert [fields(absent) for absent in (Empty, NotAsked)] == [(), ()]


def test_a_score_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        SCORE.mean = 1.0


def test_only_what_is_computed_is_listed():
    report = made(SCORE, Withheld(5), Empty(), NotAsked(), SCORE)

    assert [result.dimension for result in report.computed] == ["quality", "overall"]


def test_overall_leads_unless_a_dimension_was_chosen():
    everything = made(SCORE, SCORE, SCORE, SCORE, SCORE)

    assert everything.leading.dimension == "overall"
    assert made(SCORE, SCORE, SCORE, SCORE, SCORE, dimension=("quality",)).leading.dimension == "quality"
    assert made(Empty(), SCORE).leading.dimension == "speed"
    assert made(Empty()).leading is None
