import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.models import AuditEntry
from surveys.actions.import_runs import NotNowError, check_import
from surveys.actions.imports import (
    DAYS_KEPT,
    add_import,
    ask_for_check,
    ask_for_import,
    drop_left_files,
    give_up_import,
    map_import,
)
from surveys.importing.mapping import read_map
from surveys.models import ImportRun, Response
from surveys.models.imports import ImportState
from tests.factories import make_member, make_response
from tests.surveys.importing.files import make_mixed_survey
from tests.surveys.importing.runs import BAD, GOOD, NOW, in_state, send

pytestmark = pytest.mark.django_db
OTHER = read_map({"questions": {"tidy": "Speed"}})
GONE = frozenset(ImportState) - {
    ImportState.UPLOADED,
    ImportState.CHECKED,
    ImportState.REFUSED,
    ImportState.FAILED,
}


def test_add_import_keeps_the_file_under_a_name_of_our_own():
    sent = SimpleUploadedFile("../../etc/passwd\x00", b"Speed\n5\n")

    run = add_import(survey=make_mixed_survey(), file=sent, by=make_member("editor"), now=NOW)

    assert (run.state, run.mapping, run.started_at) == (ImportState.UPLOADED, {}, NOW)
    assert run.sha256 == "d075805db493fba18d34e590e1f7e7e3acb93fe925889622766c2294797e6ca8"
    with run.file.open() as kept:
        assert kept.read() == b"Speed\n5\n"
    assert re.fullmatch(r"imports/[0-9a-f]{32}", run.file.name)
    assert run.file_name == "passwd\N{REPLACEMENT CHARACTER}"


def test_map_import_forgets_what_another_map_found():
    run = send(BAD)
    check_import(run_id=ask_for_check(run=run).pk)

    run = map_import(run=run, said=OTHER)

    assert (run.state, run.errors, run.rows_total, run.rows_refused) == (ImportState.UPLOADED, [], None, 0)
    assert run.mapping["questions"] == {"tidy": "Speed"}


def test_map_import_may_ask_for_the_check_at_once():
    assert map_import(run=send(), said=OTHER, and_check=True).state == ImportState.CHECKING


@pytest.mark.parametrize("state", sorted(GONE))
def test_map_import_leaves_a_run_that_has_moved_on(state):
    run = in_state(send(), state)

    with pytest.raises(NotNowError, match="has moved on meanwhile"):
        map_import(run=run, said=OTHER)


@pytest.mark.parametrize("state", [ImportState.IMPORTING, ImportState.IMPORTED, ImportState.UNDONE])
def test_ask_for_check_leaves_a_run_that_is_written(state):
    run = in_state(send(), state)

    with pytest.raises(NotNowError):
        ask_for_check(run=run)


@pytest.mark.parametrize("state", [ImportState.UPLOADED, ImportState.CHECKING, ImportState.REFUSED])
def test_ask_for_import_wants_a_run_that_was_checked(state):
    run = in_state(send(), state)

    with pytest.raises(NotNowError):
        ask_for_import(run=run)


def test_ask_for_import_of_a_refused_file_leaves_its_bad_rows_out():
    run = ask_for_import(run=in_state(send(BAD), ImportState.REFUSED), skip_bad_rows=True)

    assert (run.state, run.mapping["skip_bad_rows"]) == (ImportState.IMPORTING, True)


def test_give_up_import_removes_run_file_and_what_a_dead_worker_left(django_capture_on_commit_callbacks):
    run, editor = in_state(send(), ImportState.IMPORTING), make_member("editor")
    make_response(run.survey.live_version, "5-...", import_run=run, is_held=True)
    storage, name = run.file.storage, run.file.name

    with django_capture_on_commit_callbacks(execute=True):
        give_up_import(run=run, by=editor, now=NOW)

    assert (ImportRun.objects.count(), Response.objects.count(), storage.exists(name)) == (0, 0, False)
    assert AuditEntry.objects.get(action="gave up").by == editor


@pytest.mark.parametrize("state", [ImportState.IMPORTED, ImportState.UNDONE])
def test_give_up_import_leaves_an_import_that_happened(state):
    run = in_state(send(GOOD), state)

    with pytest.raises(NotNowError):
        give_up_import(run=run, by=make_member("editor"), now=NOW)


def test_what_nobody_imported_is_removed_after_its_days(django_capture_on_commit_callbacks):
    run = send()
    path, due = Path(run.file.path), NOW + timedelta(days=DAYS_KEPT)

    with django_capture_on_commit_callbacks(execute=True):
        early = drop_left_files(now=due)
        was_there = path.exists()
        late = drop_left_files(now=due + timedelta(seconds=1))

    assert (early, was_there, late) == (0, True, 1)
    assert (path.exists(), ImportRun.objects.exists()) == (False, False)


@pytest.mark.parametrize(
    "state", [ImportState.CHECKING, ImportState.IMPORTING, ImportState.IMPORTED, ImportState.UNDONE]
)
def test_what_a_worker_is_at_or_what_is_in_stays(state):
    in_state(send(), state)

    assert drop_left_files(now=NOW + timedelta(days=99)) == 0
    assert ImportRun.objects.count() == 1
