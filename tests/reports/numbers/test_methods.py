import pytest

import metrics.comparison
import metrics.control
import metrics.dimensions
import metrics.rates
import metrics.ratings
import scoring.models
from metrics.dimensions import DimensionSums
from metrics.rates import Rate
from metrics.ratings import Distribution
from reports.numbers.methods import METHODS, NAMES, Quantity, method_of, method_of_mean, method_of_share
from reports.numbers.numbers import MAKERS, number_of_rate

MODULES = (
    metrics.comparison,
    metrics.control,
    metrics.dimensions,
    metrics.rates,
    metrics.ratings,
    scoring.models,
)


def methods():
    yield from (method_of(quantity) for quantity in METHODS)
    for scores in (DimensionSums(), Distribution()):
        yield method_of_mean(scores)
        yield method_of_share(scores)
    yield number_of_rate(Rate(1, 2)).method


def test_each_quantity_has_a_name_a_method_and_a_maker():
    assert set(NAMES) == set(MAKERS) == {*METHODS, Quantity.MEAN, Quantity.SHARE} == set(Quantity)


@pytest.mark.parametrize("method", list(methods()), ids=lambda method: method.function)
def test_the_function_that_is_named_exists(method):
    name, *attributes = method.function.split(".")
    found = next(getattr(module, name) for module in MODULES if hasattr(module, name))

    for attribute in attributes:
        found = getattr(found, attribute)
    assert found.__doc__
    assert method.signs
    assert method.words
