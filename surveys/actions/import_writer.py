"""Writes the good rows of a file, batch by batch and held."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from organisation.actions import record_change
from organisation.actions.places import add_locations
from organisation.models import Location
from surveys.actions.responses import Submission, store_responses
from surveys.enums import Mode
from surveys.importing.mapping import read_map
from surveys.models import Response, SpentKey
from surveys.models.imports import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from surveys.answering.answers import Answers
    from surveys.importing.going_through import Tally
    from surveys.importing.places import Places
    from surveys.importing.rows import GoodRow, RowReader
    from surveys.models import ImportRun


class HeldElsewhereError(Exception):
    """Rows of the file belong to another import that has not ended; the message says what to do."""


def count_new(rows: list[GoodRow], _tally: Tally, _reader: RowReader) -> int:
    """How many of the rows were never imported: what a check does with a batch. What another import holds may
    still be taken back, so it is not known. What was deleted stays away.
    """
    keys = [row.id for row in rows]
    there = Response.objects.filter(pk__in=keys).exclude(is_held=True, import_run__state__in=UNFINISHED)
    deleted = SpentKey.objects.filter(pk__in=keys, words_only=False)
    return len(rows) - there.count() - deleted.count()


def refuse_held(rows: Iterable[GoodRow], run: ImportRun) -> None:
    """Raises HeldElsewhereError where another unfinished import has written one of the rows."""
    held = Response.objects.held().filter(pk__in=[row.id for row in rows], import_run__state__in=UNFINISHED)
    if other := held.exclude(import_run=run).select_related("import_run").first():
        raise HeldElsewhereError(
            _("The unfinished import of “%(file)s” holds rows of this file. Wait for its end, or give it up.")
            % {"file": other.import_run}
        )


def drop_rows(run: ImportRun) -> int:
    """Remove what the run has written and not released."""
    return Response.objects.held().filter(import_run=run).delete()[1].get("surveys.Response", 0)


class Writer:
    """What an import does with a batch. Locations are created with the first rows that name them.

    `tell` saves the progress in the batch's transaction, and raises when the run has gone to somebody else.
    """

    def __init__(self, run: ImportRun, *, tell: Callable[[Tally], None]) -> None:
        self.run, self.tell = run, tell
        self.skips_bad_rows = read_map(run.mapping).skip_bad_rows
        self.created: dict[str, Location] = {}

    def take(self, rows: list[GoodRow], tally: Tally, reader: RowReader) -> int:
        """How many are new. Once a bad row has refused the file, the others are only counted."""
        with transaction.atomic():
            self.tell(tally)
            if not tally.is_clean and not self.skips_bad_rows:
                return count_new(rows, tally, reader)
            refuse_held(rows, self.run)
            fresh = self._create_locations(reader.locations)
            new = store_responses(responses=self._submissions(rows, reader, fresh), run=self.run)
        self.created |= fresh
        return new

    @transaction.atomic
    def undo(self) -> None:
        """Leave nothing of a file that was refused in the middle, but a place that others have used meanwhile."""
        drop_rows(self.run)
        for location in self.created.values():
            with suppress(ProtectedError):
                location.delete()
                record_change(
                    action="removed", subject=location, by=self.run.started_by, now=self.run.started_at
                )

    def _create_locations(self, places: Places) -> dict[str, Location]:
        fresh = {
            code: Location(code=code, name=name, time_zone=places.default.time_zone)
            for code, name in places.new.items()
            if code not in self.created
        }
        if fresh:
            add_locations(locations=list(fresh.values()), by=self.run.started_by, now=self.run.started_at)
        return fresh

    def _submissions(
        self, rows: Iterable[GoodRow], reader: RowReader, fresh: dict[str, Location]
    ) -> Iterator[tuple[Submission, Answers]]:
        places = reader.locations.by_code
        location_ids = {code: place.id for code, place in places.items()}
        location_ids |= {code: location.pk for code, location in (self.created | fresh).items()}
        touchpoints, mode = reader.touchpoints.by_code, Mode(reader.said.mode)
        for row in rows:
            submission = Submission(
                id=row.id,
                version_id=reader.version.version_id,
                location_id=location_ids[row.location],
                touchpoint_id=touchpoints[row.touchpoint].id,
                mode=mode,
                received_on=row.received_on,
                received_at=None,  # a file knows days
                flags=row.flags,
                is_review=self.run.survey.is_review_form,
            )
            yield submission, row.answers
