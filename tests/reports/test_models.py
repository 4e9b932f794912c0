from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.enums import ExportKind, ExportState
from reports.models import ReportExport
from tests.factories import make_export, make_member, make_survey

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
