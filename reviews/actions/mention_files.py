"""What becomes of a file of mentions: sent, mapped and checked, brought in all at once, or given up."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.actions import record_change
from organisation.models import Location
from reviews.actions.mentions import store_mentions
from reviews.enums import FileState
from reviews.mentions.mapping import MentionMap
from reviews.mentions.reading import read_file, refuse_changed
from reviews.models import MentionFile, Review
from surveys.importing.entries import BadMapError
from surveys.importing.tables import Flaw, UnreadableFileError, clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from django.core.files.base import File

    from organisation.models import Member
    from reviews.mentions.reading import Found

MAX_FLAWS, LONGEST_NAME = 1_000, 200
# Keys asked for by one statement.
AT_ONCE = 1_000
# A file that was sent and not brought in is kept for so long.
DAYS_KEPT = 7
AT_REST = frozenset({FileState.SENT, FileState.CHECKED, FileState.REFUSED})


class NotNow(Exception):
    """The file is not in a state for this; the message says what to do."""


@transaction.atomic
def add_file(*, file: File[bytes], by: Member, now: datetime) -> MentionFile:
    """Keep a file that was sent, under a name of our own, until it is brought in or given up."""
    kept = MentionFile(file_name=clean(file.name or "", LONGEST_NAME), sent_at=now, sent_by=by)
    kept.file.save(uuid4().hex, file, save=False)
    kept.save(force_insert=True)
    return kept


@transaction.atomic
def check_file(*, kept: MentionFile, said: MentionMap, by: Member, now: datetime) -> MentionFile:
    """Keep the map and read every row with it, as an import would. Nothing else is written. Raises NotNow."""
    kept = _locked(kept, AT_REST)
    try:
        found = _read(kept, said, by, now)
    except (UnreadableFileError, BadMapError) as error:
        _refuse(kept, said, error)
        return kept
    kept.mapping = found.said.as_data()
    _count(kept, found, new=len(found.mentions) - len(_known(found)))
    passes = found.mentions and (not found.flaws or said.skip_bad_rows)
    kept.state = FileState.CHECKED if passes else FileState.REFUSED
    kept.save()
    return kept


@transaction.atomic
def import_file(*, kept: MentionFile, by: Member, now: datetime) -> MentionFile:
    """Bring in every good row, all in one transaction; what is known from before stays as it is. Raises NotNow."""
    kept = _locked(kept, {FileState.CHECKED})
    said = MentionMap.of(kept.mapping)
    try:
        found = _read(kept, said, by, now)
    except (UnreadableFileError, BadMapError) as error:
        _refuse(kept, said, error)
        return kept
    if found.flaws and not said.skip_bad_rows:
        raise NotNow(_("Something has changed since the check. Check the file again."))
    _count(kept, found, new=store_mentions(found.mentions.values()))
    kept.state = FileState.IMPORTED
    _drop_file(kept)
    kept.save()
    record_change(action="imported", subject=kept, by=by, now=now, changes={"mentions": kept.rows_new})
    return kept


@transaction.atomic
def give_up_file(*, kept: MentionFile, by: Member | None, now: datetime) -> None:
    """Forget a file that was not brought in. Raises NotNow."""
    kept = _locked(kept, AT_REST)
    record_change(action="gave up", subject=kept, by=by, now=now)
    _drop_file(kept)
    kept.delete()


def drop_left_files(*, now: datetime) -> int:
    """Give up what nobody brought in within DAYS_KEPT; returns how many."""
    left = MentionFile.objects.filter(state__in=AT_REST, sent_at__lt=now - timedelta(days=DAYS_KEPT))
    count = 0
    for kept in left.order_by("pk"):
        # Somebody may be bringing it in at this moment.
        with suppress(NotNow):
            give_up_file(kept=kept, by=None, now=now)
            count += 1
    return count


def path_of(kept: MentionFile) -> Path:
    """Raises UnreadableFileError when the file is gone."""
    if not kept.file or not Path(kept.file.path).exists():
        raise UnreadableFileError(_("The file is no longer here. Send it again."))
    return Path(kept.file.path)


def _read(kept: MentionFile, said: MentionMap, by: Member, now: datetime) -> Found:
    own = set(Location.objects.visible_to(by).values_list("pk", flat=True))
    found = read_file(path_of(kept), said, own=own, now=now)
    refuse_changed(found, _known(found))
    return found


def _known(found: Found) -> dict[str, str | None]:
    """The words that came before, by digest; None where they were erased."""
    digests = [mention.digest for mention in found.mentions.values()]
    parts = (digests[at : at + AT_ONCE] for at in range(0, len(digests), AT_ONCE))
    return {
        digest: None if erased else original
        for part in parts
        for digest, original, erased in Review.objects.filter(digest__in=part).values_list(
            "digest", "original", "erasure"
        )
    }


def _count(kept: MentionFile, found: Found, *, new: int) -> None:
    kept.rows, kept.rows_refused, kept.rows_new = found.rows, found.refused, new
    kept.rows_known = found.rows - found.refused - new
    kept.errors = _as_data(sorted(found.flaws)[:MAX_FLAWS])


def _refuse(kept: MentionFile, said: MentionMap, error: UnreadableFileError | BadMapError) -> None:
    reasons = error.reasons if isinstance(error, BadMapError) else [str(error)]
    kept.mapping, kept.state = said.as_data(), FileState.REFUSED
    kept.rows = kept.rows_new = kept.rows_known = kept.rows_refused = 0
    kept.errors = _as_data(Flaw(0, "", "", reason) for reason in reasons)
    kept.save()


def _as_data(flaws: Iterable[Flaw]) -> list[dict[str, object]]:
    """Row 0 is the file as a whole."""
    return [flaw._asdict() for flaw in flaws]


def _drop_file(kept: MentionFile) -> None:
    """Remove the file when the transaction is through: it may say more about people than is kept of them."""
    name, storage = kept.file.name, kept.file.storage
    kept.file.name = ""
    if name:
        transaction.on_commit(partial(storage.delete, name), robust=True)


def _locked(kept: MentionFile, allowed: AbstractSet[FileState]) -> MentionFile:
    found = MentionFile.objects.select_for_update(of=("self",)).filter(pk=kept.pk, state__in=allowed).first()
    if found is None:
        raise NotNow(_("This file has moved on meanwhile. See where it stands now."))
    return found
