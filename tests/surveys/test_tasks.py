import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.actions.imports import ask_for_check, ask_for_import
from surveys.models import ImportRun, Invitation, SurveyDraft
from surveys.models.imports import ImportState
from surveys.tasks import check_import, drop_drafts, drop_files, erase_old_recipients, hand_over, run_import
from tests.surveys.answering.invitations import make_draft_of, make_sent
from tests.surveys.importing.runs import send

pytestmark = pytest.mark.django_db


def test_tasks_do_the_work_that_was_asked_for():
    run = send()

    states = []
    for ask, task in ((ask_for_check, check_import), (ask_for_import, run_import)):
        ask(run=run)
        task(run.pk)
        run.refresh_from_db()
        states.append(run.state)

    assert states == [ImportState.CHECKED, ImportState.IMPORTED]


def test_sweep_forgets_what_expired():
    make_draft_of(make_sent(), expires_at=timezone.now())

    drop_drafts()

    assert SurveyDraft.objects.count() == 0


def test_sweep_erases_addresses_whose_days_are_over():
    make_sent(sent_at=timezone.now() - timedelta(days=91))

    erase_old_recipients()

    assert Invitation.objects.filter(email="").count() == 1


def test_sweep_removes_files_that_nobody_imported():
    run = send()
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=8))

    drop_files()

    assert (ImportRun.objects.count(), drop_files.name) == (0, "surveys.drop_left_files")


def test_tasks_are_known_by_stable_names():
    assert (check_import.name, run_import.name) == ("surveys.check_import", "surveys.run_import")
    assert drop_drafts.name == "surveys.drop_expired_drafts"
    assert erase_old_recipients.name == "surveys.erase_recipients"


def test_hand_over_sends_the_id_alone(monkeypatch):
    sent = []
    monkeypatch.setattr(check_import, "apply_async", lambda arguments, **_options: sent.append(arguments))

    assert (hand_over(check_import, 7), sent) == (True, [(7,)])


def test_hand_over_says_when_nobody_takes_it(monkeypatch, caplog):
    def refuse(*_arguments, **_options):
        raise OSError("connection refused")

    monkeypatch.setattr(check_import, "apply_async", refuse)

    assert hand_over(check_import, 7) is False
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
