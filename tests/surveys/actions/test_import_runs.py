import logging

import pytest

from organisation.models import AuditEntry, Location
from surveys.actions import import_runs
from surveys.actions.import_runs import NotNowError, check_import, import_file, run_import
from surveys.actions.import_writer import Writer
from surveys.actions.imports import ask_for_check, ask_for_import, give_up_import
from surveys.enums import Mode
from surveys.importing import going_through
from surveys.importing.examining import Source, hash_file
from surveys.importing.mapping import read_map
from surveys.models import ImportRun, Response
from surveys.models.imports import ImportState
from tests.factories import make_published
from tests.surveys.importing.files import make_mixed_survey
from tests.surveys.importing.runs import BAD, GOOD, NOW, in_state, send
from tests.surveys.importing.workbooks import write_sheets

pytestmark = pytest.mark.django_db


def check(run):
    check_import(run_id=ask_for_check(run=run).pk)
    run.refresh_from_db()
    return run


def carry_out(run, **options):
    run_import(run_id=ask_for_import(run=run, **options).pk)
    run.refresh_from_db()
    return run


def counts(run):
    return run.rows_total, run.rows_done, run.rows_imported, run.rows_known, run.rows_refused


def test_check_import_writes_nothing_and_says_what_would_come():
    run = check(send(GOOD))

    assert (run.state, counts(run), Response.objects.count()) == (ImportState.CHECKED, (3, 3, 0, 0, 0), 0)
    assert (run.mapping["ignored"], run.ended_at is None) == (["Class"], False)


def test_check_import_refuses_a_file_with_a_bad_row_by_row_and_column():
    run = check(send(BAD))

    reason = "This is no rating from 1 to 5, and the map does not say what it stands for."
    assert (run.state, counts(run)) == (ImportState.REFUSED, (3, 3, 0, 0, 1))
    assert run.errors == [{"row": 3, "column": "Speed", "value": "0", "reason": reason}]


def test_each_sheet_of_a_workbook_is_an_import_of_its_own(tmp_path):
    january, february = [["Speed"], [1], [2]], [["Speed"], [4], [5]]
    content = write_sheets(tmp_path / "a", January=january, February=february).read_bytes()
    survey = make_mixed_survey()

    for name in ("", "February", "January", "February"):
        run = carry_out(check(send(content, survey=survey, file={"sheet": name})))

    assert counts(run) == (2, 2, 0, 2, 0)
    assert sorted(Response.objects.values_list("ratings", flat=True)) == ["1-...", "2-...", "4-...", "5-..."]


def test_check_import_says_how_many_rows_are_known():
    survey = make_mixed_survey()
    carry_out(check(send(GOOD, survey=survey)))

    assert counts(check(send(GOOD, survey=survey))) == (3, 3, 0, 3, 0)


def test_run_import_writes_every_row_once():
    run = carry_out(check(send(GOOD)))

    rows = list(run.responses.order_by("ratings").values_list("ratings", "mode", "is_held", "is_scored"))
    assert (run.state, counts(run)) == (ImportState.IMPORTED, (3, 3, 3, 0, 0))
    assert rows == [(f"{sign}-...", Mode.IMPORT, False, False) for sign in "345"]


def test_an_imported_row_knows_its_day_and_no_time():
    run = carry_out(check(send(GOOD, survey=make_mixed_survey(is_anonymous=False), mode="paper")))

    row = run.responses.first()
    assert (row.received_on.isoformat(), row.received_at, row.mode) == ("2026-01-31", None, Mode.PAPER)


def test_the_same_file_twice_changes_nothing():
    survey = make_mixed_survey()
    carry_out(check(send(GOOD, survey=survey)))
    before = list(Response.objects.order_by("pk").values())

    again = carry_out(check(send(GOOD, survey=survey)))

    assert (again.state, counts(again)) == (ImportState.IMPORTED, (3, 3, 0, 3, 0))
    assert list(Response.objects.order_by("pk").values()) == before


def test_run_import_rings_once_all_is_written(monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(
        import_runs.doorbell, "ring", lambda: rung.append(Response.objects.unscored().count())
    )
    run = check(send(GOOD))

    with django_capture_on_commit_callbacks(execute=True):
        carry_out(run)

    assert rung == [3]


def test_run_import_removes_the_file(django_capture_on_commit_callbacks):
    run = check(send(GOOD))
    storage, name = run.file.storage, run.file.name

    with django_capture_on_commit_callbacks(execute=True):
        carry_out(run)

    assert (run.file.name, storage.exists(name)) == ("", False)


def test_run_import_is_in_the_audit_trail():
    run = carry_out(check(send(GOOD)))

    entry = AuditEntry.objects.get(action="imported")
    assert (entry.by, entry.changes) == (
        run.started_by,
        {"survey": run.survey.slug, "responses": 3},
    )


def test_a_refused_file_leaves_nothing(monkeypatch):
    monkeypatch.setattr(going_through, "BATCH", 1)
    said = {"location": {"column": "Class", "create": True}}
    run = check(send(BAD, **said))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.CHECKED)

    run = carry_out(run)

    assert (run.state, counts(run)) == (ImportState.REFUSED, (3, 3, 0, 0, 1))
    assert (Response.objects.count(), Location.objects.filter(code="eco").exists()) == (0, False)
    assert [entry.action for entry in AuditEntry.objects.filter(kind="location").order_by("pk")] == [
        "added",
        "removed",
    ]


def test_bad_rows_are_left_out_where_that_was_said():
    run = carry_out(check(send(BAD)), skip_bad_rows=True)

    assert (run.state, counts(run), run.mapping["skip_bad_rows"]) == (
        ImportState.IMPORTED,
        (3, 3, 2, 0, 1),
        True,
    )
    assert [error["row"] for error in run.errors] == [3]


def test_locations_are_created_with_their_first_rows():
    run = carry_out(check(send(GOOD, location={"column": "Class", "create": True})))

    location = Location.objects.get(code="eco")
    assert (location.name, set(run.responses.values_list("location", flat=True))) == ("Eco", {location.pk})
    assert AuditEntry.objects.get(action="added").by == run.started_by


@pytest.mark.parametrize("content", ["", "PK\x03\x04nothing", "Tempo\n5\n"])
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(content):
    run = check(send(content))

    assert (run.state, run.errors[0]["row"], bool(run.errors[0]["reason"])) == (ImportState.REFUSED, 0, True)


def test_a_file_that_is_gone_is_told():
    run = send(GOOD)
    run.file.storage.delete(run.file.name)

    assert check(run).errors[0]["reason"] == "The file is no longer here. Send it again."


def test_a_message_that_comes_again_does_nothing():
    run = carry_out(check(send(GOOD)))

    run_import(run_id=run.pk)
    check_import(run_id=run.pk)
    check_import(run_id=0)

    run.refresh_from_db()
    assert (run.state, Response.objects.count()) == (ImportState.IMPORTED, 3)


def die_in_the_middle(monkeypatch, run, error=SystemExit):
    """The worker ends after its first batch, as if it were killed: nothing of ours runs any more."""
    monkeypatch.setattr(going_through, "BATCH", 1)
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "undo", lambda _self: None)
        patch.setattr(import_runs, "_end_with", lambda *_arguments: None)
        store, left = import_runs.Writer.take, iter([True])

        def take(self, *batch):
            if not next(left, False):
                raise error
            return store(self, *batch)

        patch.setattr(Writer, "take", take)
        patch.setattr(import_runs.logger, "disabled", True)
        with pytest.raises(error):
            carry_out(run)
    run.refresh_from_db()


def test_a_dead_worker_leaves_only_rows_that_count_nowhere(monkeypatch):
    run = check(send(GOOD))

    die_in_the_middle(monkeypatch, run)

    assert (run.state, Response.objects.count(), Response.objects.unscored().count()) == (
        ImportState.IMPORTING,
        1,
        0,
    )


def test_a_run_whose_worker_died_can_be_started_again(monkeypatch):
    run = check(send(GOOD, location={"column": "Class", "create": True}))
    die_in_the_middle(monkeypatch, run)

    run = carry_out(run)

    assert (run.state, counts(run), Response.objects.unscored().count()) == (
        ImportState.IMPORTED,
        (3, 3, 3, 0, 0),
        3,
    )


def test_a_worker_that_was_replaced_stops_and_writes_nothing_more(monkeypatch):
    monkeypatch.setattr(going_through, "BATCH", 1)
    run, take = check(send(GOOD)), Writer.take

    def take_and_be_replaced(self, *batch):
        new = take(self, *batch)
        ImportRun.objects.update(started_at=NOW)
        return new

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "take", take_and_be_replaced)
        run = carry_out(run)

    assert (run.state, Response.objects.held().count()) == (ImportState.IMPORTING, 1)
    assert (carry_out(run).state, Response.objects.unscored().count()) == (ImportState.IMPORTED, 3)


def test_whatever_goes_wrong_leaves_nothing_and_can_be_tried_again(monkeypatch, caplog):
    monkeypatch.setattr(going_through, "BATCH", 1)
    run, submissions = check(send(GOOD, location={"column": "Class", "create": True})), Writer._submissions

    def break_later(self, *batch):
        if Response.objects.exists():
            raise ZeroDivisionError
        return submissions(self, *batch)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "_submissions", break_later)
        run = carry_out(run)

    assert (run.state, Response.objects.count()) == (ImportState.FAILED, 0)
    assert not Location.objects.filter(code="eco").exists()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert carry_out(run).state == ImportState.IMPORTED


def source_of(path, survey, content=GOOD):
    path.write_text(content)
    return Source(path, hash_file(path), survey, read_map({"questions": {"speed": "Speed"}}))


def bring(source):
    return import_file(source=source, name="answers.csv", by=None, now=NOW, tell=lambda _tally: None)


def test_import_file_leaves_the_file_where_it_lies(tmp_path):
    run = bring(source_of(tmp_path / "a", make_mixed_survey()))

    assert (run.state, run.rows_imported, run.started_by, run.file.name) == (
        ImportState.IMPORTED,
        3,
        None,
        "",
    )
    assert (tmp_path / "a").exists()


def test_import_file_begins_an_interrupted_import_of_the_same_file_afresh(tmp_path):
    source = source_of(tmp_path / "a", make_mixed_survey())
    dead = ImportRun.objects.create(
        survey=source.survey, sha256=source.sha256, state=ImportState.IMPORTING, started_at=NOW, rows_done=9
    )

    run = bring(source)

    assert (run.pk, run.state, counts(run)) == (dead.pk, ImportState.IMPORTED, (3, 3, 3, 0, 0))


def test_one_import_into_a_survey_at_a_time(tmp_path):
    survey = make_mixed_survey()
    first, second = check(send(GOOD, survey=survey)), check(send("Speed\n1\n", survey=survey))
    ask_for_import(run=first)

    with pytest.raises(NotNowError, match=r"“answers\.csv” is being imported"):
        ask_for_import(run=second)
    with pytest.raises(NotNowError):
        bring(source_of(tmp_path / "a", survey, "Speed\n2\n"))
    assert bring(source_of(tmp_path / "a", make_mixed_survey(), "Speed\n2\n")).state == ImportState.IMPORTED


def test_an_import_asks_the_version_that_is_live_when_it_is_written():
    run = check(send(GOOD))
    live = make_published(run.survey, questions=[("speed", "speed")])

    assert {row.version for row in carry_out(run).responses.all()} == {live}


def test_import_file_that_is_stopped_by_hand_leaves_nothing(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(going_through, "BATCH", 1)
    source = source_of(tmp_path / "a", make_mixed_survey())

    def stop(tally):
        if tally.rows == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(source=source, name="a", by=None, now=NOW, tell=stop)

    assert (ImportRun.objects.get().state, Response.objects.count()) == (ImportState.FAILED, 0)
    assert bring(source).state == ImportState.IMPORTED


def test_the_same_file_is_imported_once_at_a_time():
    survey = make_mixed_survey()
    first, second = check(send(GOOD, survey=survey)), check(send(GOOD, survey=survey))
    ask_for_import(run=first)

    with pytest.raises(NotNowError, match=r"“answers\.csv” is being imported"):
        ask_for_import(run=second)


def leave_held_rows(monkeypatch, survey):
    """A run that failed and could not clear up after itself."""
    left = check(send(GOOD, survey=survey))
    die_in_the_middle(monkeypatch, left)
    return in_state(left, ImportState.FAILED)


def test_rows_that_another_run_holds_are_not_known(monkeypatch):
    survey = make_mixed_survey()
    leave_held_rows(monkeypatch, survey)

    run = check(send(GOOD, survey=survey))

    assert (run.state, counts(run)) == (ImportState.CHECKED, (3, 3, 0, 0, 0))


def test_an_import_waits_for_the_run_that_holds_its_rows(monkeypatch):
    survey = make_mixed_survey()
    left, run = leave_held_rows(monkeypatch, survey), check(send(GOOD, survey=survey))

    run = carry_out(run)

    assert (run.state, [error["reason"] for error in run.errors]) == (
        ImportState.FAILED,
        ["The unfinished import of “answers.csv” holds rows of this file. Wait for its end, or give it up."],
    )
    give_up_import(run=left, by=run.started_by, now=NOW)
    assert (carry_out(run).state, counts(run)) == (ImportState.IMPORTED, (3, 3, 3, 0, 0))


@pytest.mark.parametrize("is_alive", [True, False])
def test_a_message_that_comes_again_replaces_only_a_dead_attempt(monkeypatch, is_alive):
    run = check(send(GOOD))
    die_in_the_middle(monkeypatch, run)

    def look_away(_seconds):
        ImportRun.objects.filter(pk=run.pk).update(rows_done=2 if is_alive else run.rows_done)

    monkeypatch.setattr(import_runs, "sleep", look_away)
    run_import(run_id=run.pk)

    run.refresh_from_db()
    assert run.state == (ImportState.IMPORTING if is_alive else ImportState.IMPORTED)
    assert Response.objects.unscored().count() == (0 if is_alive else 3)
