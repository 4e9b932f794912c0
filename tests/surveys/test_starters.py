import re

import pytest

from metrics.wording import hints
from surveys.details import CHOICES
from surveys.enums import Dimension, Kind
from surveys.starters import EMPTY, STARTERS

SERVICE_DIMENSIONS = {Dimension.QUALITY, Dimension.SPEED, Dimension.CONVENIENCE, Dimension.KNOWLEDGE}
WRITTEN = [starter for starter in STARTERS.values() if starter is not EMPTY]
each = pytest.mark.parametrize("starter", WRITTEN, ids=lambda starter: starter.key)


@each
def test_starter_has_five_to_ten_questions_and_ends_with_a_text(starter):
    kinds = [details.kind for details in starter.questions()]

    assert 5 <= len(kinds) <= 10
    assert kinds[-1] == Kind.TEXT


@each
def test_starter_covers_the_four_dimensions_and_asks_overall_once(starter):
    dimensions = [details.dimension for details in starter.questions() if details.kind == Kind.RATING]

    assert set(dimensions) == SERVICE_DIMENSIONS | {Dimension.OVERALL}
    assert dimensions.count(Dimension.OVERALL) == 1


@each
def test_starter_is_worded_as_we_advise(starter):
    found = [(details.text, hint) for details in starter.questions() for hint in hints(details.text)]

    assert found == []


@each
def test_starter_has_field_names_that_differ(starter):
    keys = [details.key for details in starter.questions()]

    assert len(set(keys)) == len(keys)
    assert [key for key in keys if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", key)] == []


@each
def test_only_choices_have_options(starter):
    for details in starter.questions():
        assert (len(details.options) >= 2) == (details.kind in CHOICES)
