from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from reports import ahead, tasks
from reports.ahead import CALM
from reports.enums import ExportState
from reports.models import ReportExport
from scoring.models import DataVersion
from tests.factories import make_export, make_published, make_schedule
from tests.reports.answers import administrator, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(monkeypatch):
    """What would have been handed to a worker: no message server runs here."""
    found = []
    monkeypatch.setattr(tasks, "hand_over", lambda _task, key: found.append(key))
    return found


@pytest.fixture
def export():
    version = make_published()
    counted(version, *["55443"] * 3)
    return make_export(version.survey)


def state():
    return ReportExport.objects.get().state


def test_a_worker_makes_the_file(export, handed):
    tasks.make_export(str(export.pk))

    assert (state(), handed) == (ExportState.READY, [])


def test_a_long_one_lets_others_go_first(export, handed, monkeypatch):
    monkeypatch.setattr(tasks, "BITE", timedelta(0))

    tasks.make_export(str(export.pk))

    assert (state(), handed) == (ExportState.RUNNING, [str(export.pk)])


def test_what_stands_still_is_handed_over_again(export, handed):
    make_export(make_published().survey, content=b"ready")

    tasks.sweep_exports()

    assert handed == [str(export.pk)]


def test_beat_sweeps():
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert {tasks.sweep_exports.name, tasks.draw_usual_views.name, tasks.send_reports.name} <= names


def test_a_worker_draws_the_usual_views_ahead(client):
    counted(make_published(), *["55443"] * 6, on=timezone.localdate())
    DataVersion.objects.update(moved_at=timezone.now() - CALM)
    client.force_login(administrator())
    client.get("/reports/")

    tasks.draw_usual_views()

    assert ahead.cache.get(f"drawn-ahead:{DataVersion.objects.get().pk}") is not None


def test_a_report_that_is_due_goes_out(smtp):
    schedule = make_schedule(make_published().survey, next_at=timezone.now() - timedelta(days=1))

    tasks.send_reports()
    tasks.send_reports()

    assert [mail.to for mail in smtp.mails] == [schedule.owner.email]
