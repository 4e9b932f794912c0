"""Every number that a file holds says by which function it was computed, and that function exists."""

import pytest

from metrics import (
    association,
    comparison,
    contrast,
    control,
    dimensions,
    false_discovery,
    proportions,
    ratings,
)
from reports.charts import CHARTS
from reports.exports.formulas import formulas_for, known_formulas
from reports.tables import Content
from tests.reports.samples import full_report

MODULES = (association, comparison, contrast, control, dimensions, false_discovery, proportions, ratings)
SAID_BY_THEMSELVES = {Content.TEXT}


@pytest.mark.parametrize("name", CHARTS)
def test_every_number_of_a_table_has_a_formula(name):
    columns = CHARTS[name].table(full_report()).columns

    explained = {formula.column for formula in formulas_for(columns)}

    assert {column.key for column in columns if column.content not in SAID_BY_THEMSELVES} - explained == set()


@pytest.mark.parametrize("name", sorted({name for name, _words in known_formulas().values()}))
def test_a_formula_is_a_function_that_exists(name):
    first, *rest = name.split(".")
    found = next(vars(module)[first] for module in MODULES if first in vars(module))
    for part in rest:
        found = getattr(found, part)

    assert found.__doc__ or isinstance(found, property)
