from datetime import timedelta

import pytest
from django.utils import timezone

from organisation.models import AuditEntry
from reports import actions
from reports.actions import MOST_AT_ONCE, TooLong, TooManyAtOnce, ask_for_export, clear_expired, remove_export
from reports.enums import ExportKind
from reports.models import ReportExport
from tests.factories import make_export, make_published
from tests.reports.answers import administrator, asked, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = make_published()
    counted(version, *["55443"] * 3)
    return version


def ask_one(kind=ExportKind.CSV, member=None, query="period=30"):
    member = member or administrator()
    return ask_for_export(asked=asked(query, member), kind=kind, by=member, now=timezone.now())


def test_days_are_written_out_for_they_move(version):
    export = ask_one(query="period=30&dimension=speed&mode=link")

    assert export.filters == f"survey={version.survey.slug}&mode=link&from=2026-03-02&to=2026-03-31"
    assert (export.rows_total, export.name) == (3, f"{version.survey.name} · 2 Mar to 31 Mar 2026")
    assert export.expires_at - export.asked_at == timedelta(days=7)


def test_the_audit_trail_says_who_asked_for_what(version):
    export = ask_one()

    entry = AuditEntry.objects.get(action="exported")
    assert (entry.by, entry.object_id) == (export.owner, str(export.pk))
    assert entry.changes["responses"] == [None, 3]


def test_nobody_fills_the_disk_by_asking(version):
    member = administrator()
    for _ in range(MOST_AT_ONCE):
        ask_one(member=member)

    with pytest.raises(TooManyAtOnce):
        ask_one(member=member)
    assert ask_one() is not None


@pytest.mark.parametrize("kind", [ExportKind.XLSX, ExportKind.SAV])
def test_what_is_made_in_one_go_has_a_limit_and_a_csv_has_none(version, monkeypatch, kind):
    monkeypatch.setattr(actions, "MOST_ROWS", 2)

    with pytest.raises(TooLong):
        ask_one(kind)
    assert ask_one(ExportKind.CSV).rows_total == 3


def test_what_is_removed_is_gone_from_the_disk_too(version):
    export = make_export(version.survey, content=b"answers")

    remove_export(export=export, by=export.owner, now=timezone.now())

    assert not export.path.exists()
    assert not ReportExport.objects.exists()
    assert AuditEntry.objects.filter(action="removed", by=export.owner).exists()


def test_what_has_expired_is_cleared_away_and_nothing_else(version):
    old = make_export(version.survey, content=b"old")
    new = make_export(version.survey, content=b"new")
    ReportExport.objects.filter(pk=old.pk).update(
        asked_at=timezone.now() - timedelta(days=8), expires_at=timezone.now() - timedelta(days=1)
    )

    assert clear_expired(now=timezone.now()) == 1
    assert list(ReportExport.objects.all()) == [new]
    assert [old.path.exists(), new.path.exists()] == [False, True]
