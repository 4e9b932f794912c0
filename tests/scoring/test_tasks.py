import logging
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from scoring import tasks
from scoring.actions import score_pending
from scoring.models import MeasureCell, ScoringState
from surveys.models import Response
from tests.factories import make_published, make_response
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


def errors(caplog):
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


def test_tasks_have_the_names_that_others_call_them_by(settings):
    current_app.loader.import_default_modules()

    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"scoring.score_pending", "scoring.recount_check"} <= named
    assert named <= current_app.tasks.keys()


def test_score_pending_scores_everything(caplog):
    version = make_published()
    for _ in range(3):
        make_response(version)

    for _ in range(3):  # a message may come more than once
        tasks.score_pending()

    assert (Response.objects.unscored().count(), errors(caplog)) == (0, [])
    assert MeasureCell.objects.get(measure__key="speed").n5 == 3


def test_score_pending_raises_an_alarm_when_it_cannot_keep_up(monkeypatch, caplog, settings):
    monkeypatch.setattr(tasks, "PATIENCE", timedelta(0))
    score_pending(now=timezone.now() - timedelta(seconds=settings.SCORING_ALARM_SECONDS + 5))
    make_response(make_published())

    tasks.score_pending()

    assert len(errors(caplog)) == 1
    assert errors(caplog)[0].startswith("ALARM: a response has been waiting for its score for up to 0:05:05")


def test_recount_check_keeps_quiet_when_cells_are_right(caplog):
    make_response(make_published())
    score_pending(now=NOW)

    tasks.recount_check()

    assert (errors(caplog), ScoringState.objects.get().cells_that_differed) == ([], 0)


def test_recount_check_is_done_once_a_day(caplog):
    make_response(make_published())
    score_pending(now=NOW)
    tasks.recount_check()
    MeasureCell.objects.update(n5=3)

    tasks.recount_check()
    assert errors(caplog) == []

    ScoringState.objects.update(recounted_at=timezone.now() - timedelta(hours=25))
    tasks.recount_check()
    assert errors(caplog)[0].startswith("ALARM: 5 cells differ")


def test_recount_check_raises_an_alarm_at_a_difference(caplog):
    make_response(make_published(questions=[("speed", "speed")]))
    score_pending(now=NOW)
    MeasureCell.objects.update(n5=3)

    tasks.recount_check()

    alarm, difference = errors(caplog)
    assert alarm == "ALARM: 1 cells differ from a count from scratch."
    assert difference.endswith("stored (0, 0, 0, 0, 3, 0, 0, 0), counted (0, 0, 0, 0, 1, 0, 0, 0)")
    assert ScoringState.objects.get().cells_that_differed == 1
