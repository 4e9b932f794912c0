import threading
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring import recounts
from scoring.actions import check_cells, hold_response, recount, score_pending
from scoring.models import DataVersion, DimensionCell, MeasureCell, ScoringState
from scoring.recounts import Difference
from surveys.models import Response
from tests.factories import make_location, make_published, make_response
from tests.factories.surveys import NOW
from tests.scoring.concurrency import in_another_session
from tests.scoring.plain import assert_cells_are_right, stored_dimension_cells, stored_measure_cells

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def version():
    """Some responses of two surveys, scored."""
    other = make_published(questions=[("calm", "overall")])
    version = make_published()
    for day in (1, 2, 3, 4):
        make_response(version, "54x-1", received_on=date(2026, 3, day))
        make_response(other, "3", received_on=date(2026, 3, day), location=make_location())
    score_pending(now=NOW)
    return version


def test_recount_finds_nothing_when_cells_are_right(version):
    make_response(version, "11111")
    make_response(version, "11111", is_held=True)

    found = recount(check=True, now=NOW)

    assert (found.responses, found.differed, found.differences) == (8, 0, [])
    assert found.cells == len(stored_measure_cells()) + len(stored_dimension_cells())


def test_recount_describes_a_cell_that_differs(version):
    cell = MeasureCell.objects.get(measure__key="quality", day=DAY, version=version)
    MeasureCell.objects.filter(pk=cell.pk).update(n5=7, n1=1)

    found = recount(check=True, now=NOW)

    assert found.differences == [
        Difference(
            kind="MeasureCell",
            key={
                "measure_id": cell.measure_id,
                "day": DAY,
                "location_id": cell.location_id,
                "touchpoint_id": cell.touchpoint_id,
                "mode": "link",
                "version_id": version.pk,
            },
            stored=(1, 0, 0, 0, 7, 0, 0, 0),
            counted=(0, 0, 0, 0, 1, 0, 0, 0),
        )
    ]


def test_recount_describes_missing_and_superfluous_cells(version):
    DimensionCell.objects.filter(version=version, day=DAY, dimension="quality").delete()
    DimensionCell.objects.filter(version=version, day=DAY, dimension="overall").update(day=date(2031, 1, 1))

    found = recount(check=True, now=NOW)

    assert found.differed == 3
    assert [
        (one.key["dimension"], one.key["day"], one.stored[0], one.counted[0]) for one in found.differences
    ] == [
        ("overall", DAY, 0, 1),
        ("overall", date(2031, 1, 1), 1, 0),
        ("quality", DAY, 0, 1),
    ]


def test_recount_takes_a_cell_of_zeros_for_a_missing_one(version):
    cell = MeasureCell.objects.filter(version=version).first()
    cell.pk, cell.day = None, date(2030, 1, 1)
    for name in ("n1", "n2", "n3", "n4", "n5", "not_applicable", "blank", "unreadable"):
        setattr(cell, name, 0)
    cell.save()

    assert recount(check=True, now=NOW).differed == 0


def test_recount_check_changes_nothing(version):
    MeasureCell.objects.filter(version=version).update(n3=9)
    before = stored_measure_cells()

    recount(check=True, now=NOW)

    assert (stored_measure_cells(), DataVersion.objects.get(survey=version.survey_id).number) == (before, 1)


def test_recount_mends_the_cells(version):
    MeasureCell.objects.filter(version=version, day=DAY).delete()
    MeasureCell.objects.filter(version=version).update(n3=9)
    DimensionCell.objects.filter(day=DAY).update(share_sum=5, day=date(2031, 1, 1))

    found = recount(check=False, now=NOW)

    assert found.differed > 0
    assert recount(check=True, now=NOW).differed == 0
    assert_cells_are_right()
    assert set(DataVersion.objects.values_list("number", flat=True)) == {2}


def test_recount_leaves_data_versions_of_cells_that_were_right(version):
    MeasureCell.objects.filter(version=version).update(n3=9)

    recount(check=False, now=NOW)

    assert dict(DataVersion.objects.values_list("survey", "number"))[version.survey_id] == 2
    assert sorted(DataVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_recount_asks_as_many_queries_for_many_responses(version):
    counts = []
    for many in (1, 20):
        for _ in range(many):
            make_response(version)
        score_pending(now=NOW)
        with CaptureQueriesContext(connection) as queries:
            recount(check=True, now=NOW)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_check_cells_keeps_the_outcome(version):
    MeasureCell.objects.filter(version=version, day=DAY).delete()

    check_cells(now=NOW)

    state = ScoringState.objects.get()
    assert (state.recounted_at, state.cells_that_differed) == (NOW, 5)


@pytest.mark.django_db(transaction=True)
def test_recount_outside_a_transaction_leaves_none_behind():
    response = make_response(make_published())
    score_pending(now=NOW)

    found = [recount(check=check, now=NOW).differed for check in (True, False, True)]

    assert (found, connection.in_atomic_block) == ([0, 0, 0], False)
    hold_response(response=response, by=None, now=NOW)
    assert stored_measure_cells() == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("check", [True, False])
def test_recount_sees_one_moment_while_others_go_on(monkeypatch, check):
    """After the responses were read, and before the cells are, somebody submits, scores and holds."""
    version = make_published()
    responses = [make_response(version, "12345", received_on=date(2026, 3, day)) for day in (1, 2, 3)]
    score_pending(now=NOW)
    other = threading.Thread(target=in_another_session, args=(meddle, version, responses[2]))
    plain = recounts._stored

    def stored(window):
        other.start()
        other.join(5 if check else 0.3)  # a check keeps nobody waiting
        assert other.is_alive() != check
        return plain(window)

    monkeypatch.setattr(recounts, "_stored", stored)
    found = recount(check=check, now=NOW)
    other.join()
    monkeypatch.undo()

    assert (found.responses, found.differed) == (3, 0)
    assert set(Response.objects.held()) == {responses[2]}
    assert recount(check=True, now=NOW).differed == 0


def meddle(version, response):
    make_response(version, "55555", received_on=date(2026, 3, 3))
    score_pending(now=NOW)
    hold_response(response=response, by=None, now=NOW)
