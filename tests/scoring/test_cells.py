import pytest

from scoring.cells import CellsDisagreeError, move_cells, move_data_versions
from scoring.models import DataVersion
from scoring.rows import row_of
from tests.factories import make_location, make_published, make_response
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right, stored_dimension_cells, stored_measure_cells

pytestmark = pytest.mark.django_db


def test_move_cells_makes_cells_of_new_responses():
    version = make_published()
    responses = [make_response(version, ratings, is_scored=True) for ratings in ("54321", "x5-5?")]

    move_cells(added=map(row_of, responses), now=NOW)

    assert len(stored_measure_cells()) == 5
    assert_cells_are_right()


def test_move_cells_adds_to_cells_that_are_there():
    version, elsewhere = make_published(), make_location()
    for ratings, place in (("54321", {}), ("11111", {}), ("55555", {"location": elsewhere})):
        response = make_response(version, ratings, is_scored=True, **place)
        move_cells(added=[row_of(response)], now=NOW)

    assert_cells_are_right()


def test_move_cells_takes_away_and_discards_what_is_empty():
    version = make_published()
    stays, goes = make_response(version, "5xxxx", is_scored=True), make_response(version, "44444")
    move_cells(added=[row_of(stays), row_of(goes)], now=NOW)

    move_cells(removed=[row_of(goes)], now=NOW)

    assert len(stored_measure_cells()) == 5
    assert len(stored_dimension_cells()) == 1
    assert_cells_are_right()


def test_move_cells_adds_and_takes_away_in_one_go():
    version, elsewhere = make_published(), make_location()
    response = make_response(version, "54321", is_scored=True)
    before = row_of(response)
    move_cells(added=[before], now=NOW)
    response.location = elsewhere
    response.save()

    move_cells(removed=[before], added=[row_of(response)], now=NOW)

    assert {key[2] for key in stored_measure_cells()} == {elsewhere.pk}
    assert_cells_are_right()


def test_move_cells_refuses_to_take_what_is_not_there():
    response = make_response(make_published())

    with pytest.raises(CellsDisagreeError):
        move_cells(removed=[row_of(response)], now=NOW)


def test_move_cells_moves_the_data_version_of_each_survey_once():
    first, second, other = make_published(), make_published(), make_published()
    rows = [row_of(make_response(version)) for version in (first, first, second)]

    move_cells(added=rows, now=NOW)
    move_cells(removed=rows[:1], now=NOW)

    numbers = dict(DataVersion.objects.values_list("survey", "number"))
    assert numbers == {first.survey_id: 2, second.survey_id: 1}
    assert other.survey_id not in numbers


def test_move_data_versions_says_when():
    survey = make_published().survey

    move_data_versions(surveys=[survey.pk], now=NOW)

    assert DataVersion.objects.get(survey=survey).moved_at == NOW


def test_move_cells_of_nothing_asks_little(django_assert_num_queries):
    with django_assert_num_queries(0):
        move_cells(now=NOW)
