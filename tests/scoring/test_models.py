from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from scoring.actions import score_pending
from scoring.models import DimensionCell, MeasureCell, ScoringState
from surveys.enums import Dimension
from tests.factories import make_location, make_member, make_published, make_response
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def drained_after(*seconds):
    for each in seconds:
        ScoringState.note_drained(at=NOW + each * SECOND, resolution=10 * SECOND)
    return (ScoringState.objects.get().drained_at - NOW) / SECOND


def test_cells_are_visible_to_those_who_hold_the_location():
    here, there = make_location(), make_location()
    version = make_published(questions=[("speed", "speed")])
    for location in (here, there):
        make_response(version, "5", location=location)
    score_pending(now=NOW)
    member = make_member(locations=[here])

    for model in (MeasureCell, DimensionCell):
        assert [cell.location for cell in model.objects.visible_to(member)] == [here]


@pytest.mark.parametrize("model", [MeasureCell, DimensionCell])
def test_cells_count_nothing_below_zero(model):
    make_response(make_published())
    score_pending(now=NOW)
    column = "n1" if model is MeasureCell else "mean_sum"

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**{column: -1})


def test_note_drained_writes_once_in_its_resolution():
    assert drained_after(0, 5, 9) == 0
    assert drained_after(11) == 11


def test_note_drained_never_goes_back():
    assert drained_after(60, 0) == 60


def test_note_recount_keeps_when_the_list_was_empty():
    drained_after(0)

    ScoringState.note_recount(at=NOW + SECOND, differed=3)

    state = ScoringState.objects.get()
    assert (state.drained_at, state.recounted_at, state.cells_that_differed) == (NOW, NOW + SECOND, 3)


def test_scoring_state_is_one_row():
    drained_after(0)

    with pytest.raises(IntegrityError), transaction.atomic():
        ScoringState.objects.create(id=2, drained_at=NOW)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no index that carries more than its key"
)
def test_the_key_of_block_sums_carries_what_reports_count():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'scoring_blocksum_one_for_each_place'"
        )
        [[definition]] = cursor.fetchall()

    counts = ["responses", *(f"{dimension}_responses" for dimension in Dimension.values)]
    included = definition.partition("INCLUDE")[2]
    assert sorted(included.strip(" ()").split(", ")) == sorted(counts)
