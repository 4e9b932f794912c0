from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.enums import ExportKind, ExportState
from reports.models import ProcessChange, ReportExport
from tests.factories import (
    make_export,
    make_location,
    make_member,
    make_process_change,
    make_published,
    make_region,
    make_survey,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "exe"},
        {"state": "lost"},
        {"rows_done": 1, "rows_total": 0},
        {"last_version": 1},
        {"state": ExportState.READY},
        {"ended_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(days=400)},
    ],
)
def test_the_database_refuses_what_cannot_be(broken):
    survey = make_survey()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_export(survey, **broken)


def test_a_file_is_seen_by_whoever_asked_for_it():
    export = make_export(make_survey())

    assert list(ReportExport.objects.visible_to(export.owner)) == [export]
    assert not ReportExport.objects.visible_to(make_member("administrator")).exists()


def test_only_a_csv_is_written_where_it_will_lie():
    survey = make_survey()

    by_kind = {kind: make_export(survey, kind=kind) for kind in ExportKind}

    assert [kind for kind, export in by_kind.items() if export.part_path == export.path] == [ExportKind.CSV]
    assert by_kind[ExportKind.ZIP].path.name.endswith(".zip")


@pytest.mark.parametrize("fields", [{"words": ""}, {"changed_on": date(1969, 12, 31)}])
def test_a_process_change_says_what_and_when(fields):
    survey = make_published().survey

    with pytest.raises(IntegrityError):
        make_process_change(survey, **fields)


def test_process_changes_are_seen_where_one_of_their_places_is_and_held_where_all_are():
    survey = make_published().survey
    coast, hills = make_region(), make_region()
    pier, dock, mill = make_location(region=coast), make_location(region=coast), make_location(region=hills)
    notes = {
        "everywhere": make_process_change(survey),
        "coast": make_process_change(survey, region=coast),
        "hills": make_process_change(survey, region=hills),
        "pier": make_process_change(survey, locations=[pier]),
        "both": make_process_change(survey, locations=[pier, mill]),
        "dock": make_process_change(survey, locations=[dock]),
    }
    of_coast, of_pier = make_member(), make_member(locations=[pier])
    of_coast.regions.add(coast)

    def found(rows):
        return {name for name, note in notes.items() if note in rows}

    rows = ProcessChange.objects
    assert found(rows.visible_to(of_coast)) == {"everywhere", "coast", "pier", "both", "dock"}
    assert found(rows.held_by(of_coast)) == {"coast", "pier", "dock"}
    assert found(rows.visible_to(of_pier)) == {"everywhere", "coast", "pier", "both"}
    assert found(rows.held_by(of_pier)) == {"pier"}
    assert found(rows.held_by(make_member("editor"))) == set(notes)
