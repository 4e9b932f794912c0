from datetime import date

import pytest

from scoring.claims import claim
from scoring.rows import row_of
from surveys.models import Response
from tests.factories import make_published, make_response

pytestmark = pytest.mark.django_db


def test_claim_takes_unscored_responses_once():
    version = make_published()
    response = make_response(version, "5432x")
    make_response(version, "11111", is_held=True)
    make_response(version, "22222", is_scored=True)

    first, second = claim(limit=10), claim(limit=10)

    assert first.rows == [row_of(response)]
    assert (first.responses, second.responses) == (1, 0)


def test_claim_marks_what_it_takes():
    version = make_published()
    due, held = make_response(version), make_response(version, is_held=True)

    claim(limit=10)

    assert set(Response.objects.scored()) == {due}
    assert set(Response.objects.held()) == {held}


def test_claim_goes_day_by_day():
    version = make_published()
    for day in (3, 1, 2, 1, 3):
        make_response(version, received_on=date(2026, 3, day))

    claims = [claim(limit=2) for _ in range(3)]

    assert [sorted({row.day.day for row in each.rows}) for each in claims] == [[1], [2, 3], [3]]
    assert [each.responses for each in claims] == [2, 2, 1]


def test_claim_says_whether_it_is_everything():
    version = make_published()
    for _ in range(3):
        make_response(version)

    claims = [claim(limit=2), claim(limit=2)]

    assert [each.is_everything for each in claims] == [False, True]
