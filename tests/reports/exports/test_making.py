"""Files of responses: complete, once each, and the same bytes wherever a worker stopped."""

import fcntl

import pytest
from django.utils import timezone

from organisation.enums import Role
from reports.enums import ExportState
from reports.exports import making
from reports.exports.making import go_on
from reports.models import ReportExport
from surveys.models import Response
from tests.factories import make_export, make_member
from tests.reports.exports.making import ROWS, answered, make, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return answered()


def test_each_counted_response_is_in_it_once(version):
    export = make(make_export(version.survey), piece=4)

    keys = [row["response"] for row in rows_of(export)]

    assert sorted(keys) == sorted(str(key) for key in Response.objects.scored().values_list("pk", flat=True))
    assert (export.state, export.rows_done, export.rows_total) == (ExportState.READY, ROWS, ROWS)
    assert export.path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert export.path.stat().st_mode & 0o777 == 0o600


def test_filters_choose_what_is_in_it(version):
    filters = f"survey={version.survey.slug}&location=harbour&from=2026-03-02&to=2026-03-03"

    rows = rows_of(make(make_export(version.survey, filters=filters)))

    assert {(row["location"], row["day"]) for row in rows} == {
        ("harbour", "2026-03-02"),
        ("harbour", "2026-03-03"),
    }


@pytest.mark.parametrize("bites", range(8))
def test_wherever_it_stopped_it_goes_on_to_the_same_bytes(version, bites):
    whole = make(make_export(version.survey)).path.read_bytes()
    export = make(make_export(version.survey), piece=4, bites=bites)

    with export.part_path.open("ab") as file:  # what a dying worker wrote and did not note
        file.write(b"half a li")
    make(export, piece=3)

    assert export.path.read_bytes() == whole


def test_a_file_that_lost_what_was_noted_is_begun_afresh(version):
    whole = make(make_export(version.survey)).path.read_bytes()
    export = make(make_export(version.survey), piece=4, bites=3)

    export.part_path.write_bytes(b"")
    make(export)

    assert export.path.read_bytes() == whole


def test_two_at_a_time_do_not_write_into_one_another(version):
    export = make(make_export(version.survey), piece=4, bites=2)
    before = export.part_path.read_bytes()

    with export.part_path.open("r+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        is_unfinished = go_on(export_id=export.pk, clock=timezone.now, until=timezone.now())

    assert not is_unfinished
    assert export.part_path.read_bytes() == before


def test_what_was_removed_meanwhile_leaves_nothing_behind(version, monkeypatch):
    export = make_export(version.survey)
    plain = making.next_rows

    def remove_first(*args):
        ReportExport.objects.filter(pk=export.pk).delete()
        return plain(*args)

    monkeypatch.setattr(making, "next_rows", remove_first)

    assert not go_on(export_id=export.pk, clock=timezone.now, until=timezone.now())
    assert list(export.path.parent.iterdir()) == []


def test_who_may_no_longer_gets_none(version):
    owner = make_member(Role.EDITOR)
    export = make_export(version.survey, owner=owner)
    type(owner).objects.filter(pk=owner.pk).update(role=Role.MANAGER)

    make(export)

    assert export.state == ExportState.FAILED
    assert not export.path.exists()


def test_a_place_that_is_no_longer_known_fails_with_its_reason(version, caplog):
    filters = f"survey={version.survey.slug}&location=ghost&from=2026-03-02&to=2026-03-03"

    export = make(make_export(version.survey, filters=filters))

    assert export.state == ExportState.FAILED
    assert "ghost" in caplog.text
