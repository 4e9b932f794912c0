"""What becomes of an import run: checked, written, released all at once, or refused and nothing of it left.

Rows are written in short transactions, held, so that customers' answers get in between (SQLite has one writer), and
are released together with the run's last word. Whatever dies before that leaves held rows that count nowhere; the
next attempt, or giving up, removes them. `started_at` names the attempt: a worker that finds another one there has
been replaced and stops.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions import record_change
from surveys import doorbell
from surveys.actions.import_writer import HeldElsewhereError, Writer, count_new, drop_rows
from surveys.importing.entries import BadMapError
from surveys.importing.examining import Source, examine
from surveys.importing.mapping import read_map
from surveys.importing.tables import Flaw, UnreadableFileError, clean
from surveys.models import ImportRun, Response, Survey
from surveys.models.imports import ImportState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from organisation.models import Member
    from surveys.importing.examining import Examined
    from surveys.importing.going_through import Tally

logger = logging.getLogger(__name__)
# A batch is written in a second or two; an attempt whose rows stand still for longer than this is dead.
LOOKS = 20
SECONDS_BETWEEN_LOOKS = 1


class NotNowError(Exception):
    """The run, or its survey, is not in a state for this; the message says what to do."""


class ReplacedError(Exception):
    """Another attempt at this run has begun, or the run was given up."""


def check_import(*, run_id: int) -> None:
    """Read every row as an import would, and note what would come of it. Nothing is written."""
    run = _begin_attempt(run_id, ImportState.CHECKING)
    if run:
        with _its_end(run):
            examined = examine(source_of(run), now=run.started_at, take=count_new, tell=partial(_tell, run))
            run.mapping = examined.said.as_data()
            _end(run, ImportState.CHECKED if examined.passes else ImportState.REFUSED, examined.tally)


def run_import(*, run_id: int) -> None:
    """Import the run's own file."""
    run = _begin_attempt(run_id, ImportState.IMPORTING)
    if run:
        with _its_end(run):
            _write(run, source_of(run), lambda _tally: None)


def import_file(
    *, source: Source, name: str, by: Member | None, now: datetime, tell: Callable[[Tally], None]
) -> ImportRun:
    """Import a file from where it lies. The run returned is IMPORTED, REFUSED or FAILED. Raises NotNowError.

    The same file again while its import is under way is that import begun afresh: it had been interrupted.
    """
    with transaction.atomic():
        refuse_second_import(source.survey, own=Q(sha256=source.sha256))
        run, _is_new = ImportRun.objects.get_or_create(
            survey=source.survey,
            sha256=source.sha256,
            state=ImportState.IMPORTING,
            defaults={"file_name": clean(name, 200), "started_at": now, "started_by": by},
        )
        run.mapping, run.started_at, run.rows_done, run.rows_total = source.said.as_data(), now, 0, None
        run.save(update_fields=["mapping", "started_at", "rows_done", "rows_total"])
        drop_rows(run)
    with _its_end(run):
        _write(run, source, tell)
    run.refresh_from_db()
    return run


def refuse_second_import(survey: Survey, *, own: Q) -> None:
    """One import into a survey at a time: rows of two that are under way could be the same. To be asked in a
    transaction. Raises NotNowError while a run that is not its `own` is importing into the survey.
    """
    Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    others = ImportRun.objects.filter(survey=survey, state=ImportState.IMPORTING).exclude(own)
    if other := others.first():
        raise NotNowError(
            _("“%(file)s” is being imported into this survey. Wait for its end, or give it up.")
            % {"file": other.file_name}
        )


def source_of(run: ImportRun) -> Source:
    """Raises UnreadableFileError when the file is gone, BadMapError when the map is not in order."""
    return Source(path_of(run), run.sha256, run.survey, read_map(run.mapping))


def path_of(run: ImportRun) -> Path:
    """Raises UnreadableFileError when the file is gone."""
    if not run.file or not Path(run.file.path).exists():
        raise UnreadableFileError(_("The file is no longer here. Send it again."))
    return Path(run.file.path)


def drop_file(run: ImportRun) -> None:
    """Remove the file when the transaction is through: it may say more about people than their answers."""
    name, storage = run.file.name, run.file.storage
    run.file.name = ""
    if name:
        transaction.on_commit(partial(storage.delete, name), robust=True)


def _begin_attempt(run_id: int, state: ImportState) -> ImportRun | None:
    """The run as this attempt's own; None when nobody waits for it any more, or another attempt is at it: Redis
    brings a message again that was not answered within its visibility_timeout.
    """
    return None if _is_under_way(run_id, state) else _take_over(run_id, state)


def _is_under_way(run_id: int, state: ImportState) -> bool:
    """Whether an attempt that has come past its first rows still moves. A run that was asked for has none yet."""
    mine = ImportRun.objects.filter(pk=run_id, state=state).values_list("rows_done", flat=True)
    before = mine.first()
    for _look in range(LOOKS if before else 0):
        sleep(SECONDS_BETWEEN_LOOKS)
        if mine.first() != before:
            logger.info("Import run %s is under way elsewhere.", run_id)
            return True
    return False


@transaction.atomic
def _take_over(run_id: int, state: ImportState) -> ImportRun | None:
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("survey").filter(pk=run_id).first()
    if run is None or run.state != state:
        return None
    run.started_at, run.rows_done = timezone.now(), 0
    run.save(update_fields=["started_at", "rows_done"])
    drop_rows(run)
    return run


def _write(run: ImportRun, source: Source, tell: Callable[[Tally], None]) -> None:
    writer = Writer(run, tell=partial(_tell, run))
    try:
        examined = examine(source, now=run.started_at, take=writer.take, tell=tell)
        if examined.passes:
            _release(run, examined)
            return
    except ReplacedError:
        raise
    except BaseException:
        writer.undo()
        raise
    writer.undo()
    _end(run, ImportState.REFUSED, examined.tally)


@transaction.atomic
def _release(run: ImportRun, examined: Examined) -> None:
    """The moment at which the import happens: every row counts from here on."""
    run.mapping, run.rows_imported = examined.said.as_data(), examined.tally.new
    drop_file(run)
    _end(run, ImportState.IMPORTED, examined.tally)
    there = Response.objects.held().filter(import_run=run)
    # Ratings alone are worth reading on a review form only.
    unread = there if run.survey.is_review_form else there.exclude(answers={})
    unread.update(is_heard=False)
    there.update(is_held=False)
    changes = {"survey": run.survey.slug, "responses": run.rows_imported}
    record_change(action="imported", subject=run, by=run.started_by, now=run.started_at, changes=changes)
    transaction.on_commit(doorbell.ring, robust=True)


def _tell(run: ImportRun, tally: Tally) -> None:
    """Save the progress. Raises ReplacedError."""
    _save(run, rows_done=tally.rows, rows_known=tally.known, rows_refused=tally.refused)


def _end(run: ImportRun, state: ImportState, tally: Tally) -> None:
    _save(
        run,
        state=state,
        file=run.file.name,
        mapping=run.mapping,
        rows_total=tally.rows,
        rows_done=tally.rows,
        rows_imported=run.rows_imported,
        rows_known=tally.known,
        rows_refused=tally.refused,
        errors=as_data(tally.flaws),
        ended_at=timezone.now(),
    )


def _save(run: ImportRun, **fields: object) -> None:
    """Save for this attempt, if the run is still its own. Raises ReplacedError."""
    mine = ImportRun.objects.filter(pk=run.pk, state=run.state, started_at=run.started_at)
    if not mine.update(**fields):
        raise ReplacedError


@contextmanager
def _its_end(run: ImportRun) -> Iterator[None]:
    """Whatever ends an attempt, the run says so: refused with its reasons, or failed and open to another try."""
    try:
        yield
    except ReplacedError:
        logger.info("Import run %s goes on elsewhere, or was given up.", run.pk)
    except UnreadableFileError as error:
        _end_with(run, ImportState.REFUSED, [str(error)])
    except HeldElsewhereError as error:
        _end_with(run, ImportState.FAILED, [str(error)])
    except BadMapError as error:
        _end_with(run, ImportState.REFUSED, error.reasons)
    except BaseException as error:
        logger.exception("Import run %s failed.", run.pk)
        _end_with(run, ImportState.FAILED, [_("Something went wrong on our side. Nothing was imported.")])
        if not isinstance(error, Exception):
            raise


def _end_with(run: ImportRun, state: ImportState, reasons: Iterable[str]) -> None:
    flaws = [Flaw(0, "", "", reason) for reason in reasons]
    mine = ImportRun.objects.filter(pk=run.pk, state=run.state, started_at=run.started_at)
    mine.update(state=state, errors=as_data(flaws), ended_at=timezone.now())


def as_data(flaws: Iterable[Flaw]) -> list[dict[str, object]]:
    """As `ImportRun.errors` keeps them. Row 0 is the file as a whole."""
    return [flaw._asdict() for flaw in flaws]
