"""Storing what was answered: one row, one INSERT, whatever way it came."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisation.queries import organisation_day, the_organisation
from surveys import doorbell
from surveys.enums import HELD_ON_ARRIVAL, Mode
from surveys.models import Contact, Response, SpentKey
from surveys.queries.wordings import text_keys

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from uuid import UUID

    from surveys.answering.answers import Answers
    from surveys.enums import Flag
    from surveys.models import ImportRun
    from surveys.models.responses import ResponseQuerySet

# A longer statement takes SQLite more time to read than its rows save.
ROWS_IN_INSERT = 200


FIELDS = Response._meta.concrete_fields  # noqa: SLF001 (Django's documented API)


@dataclass(frozen=True, slots=True)
class Submission:
    """A checked response on its way into the database. `received_at` is None where the survey is anonymous;
    `is_review` where it is a review form, of which ratings alone are worth reading.
    """

    id: UUID
    version_id: int
    location_id: int
    touchpoint_id: int
    mode: Mode
    received_on: date
    received_at: datetime | None
    flags: Flag | int = 0
    is_review: bool = False


class AnsweredOtherwise(Exception):
    """The submission is stored already, with other answers."""


def store_response(*, submission: Submission, answers: Answers, contact: Contact | None = None) -> bool:
    """Store a response once; True when it is new, False when it was there already (a retry, a replay), or was deleted
    or erased meanwhile: then nothing is stored, and whoever sent it is told no more than the first time.

    Raises AnsweredOtherwise for a submission that is there with other answers: it is not dropped in silence. The row stands alone, so outside a transaction its INSERT is the whole transaction. What arrives with
    a flag of HELD_ON_ARRIVAL is held: it is kept and shown, and counts only once somebody releases it.
    """
    response = _row(submission, answers)
    with transaction.atomic() if contact else nullcontext():
        is_new = _insert(response)
        if is_new and contact:
            contact.response_id = response.pk
            contact.save(force_insert=True)
    if is_new:
        transaction.on_commit(doorbell.ring, robust=True)
    elif not is_spent(submission.id):
        _refuse_other(response, contact, is_review=submission.is_review)
    return is_new


def spend_keys(responses: ResponseQuerySet, *, words_only: bool = False) -> None:
    """Let nothing come back under the keys of these, in the transaction that deletes or erases them; `words_only`: an
    import may bring back their ratings. Cards are left out: they have no page that could send them again, and what
    was read from them is erased with them.
    """
    keys = responses.exclude(mode=Mode.PAPER, import_run=None).values_list("pk", flat=True)
    rows = [SpentKey(key=key, words_only=words_only) for key in keys]
    if words_only:
        SpentKey.objects.bulk_create(rows, ignore_conflicts=True)
    else:
        SpentKey.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["key"], update_fields=["words_only"]
        )


def is_spent(key: UUID) -> bool:
    return SpentKey.objects.filter(pk=key).exists()


def _refuse_other(response: Response, contact: Contact | None, *, is_review: bool) -> None:
    """Raises AnsweredOtherwise where what is stored under the key is not this. What was left besides and erased since,
    as it lay for as long as the organisation keeps it, is not missed: a kiosk may send it once more much later.
    """
    stored = Response.objects.filter(pk=response.pk).values_list("ratings", "answers", "received_on").first()
    if stored is None:
        return
    if stored[:2] != (response.ratings, response.answers):
        raise AnsweredOtherwise
    told, left = (_told(contact) if contact else None), _left(response.pk)
    if is_review and left != told and not (_is_past_keeping(stored[2]) and left == _public_part(contact)):
        raise AnsweredOtherwise


def _is_past_keeping(day: date) -> bool:
    first = first_day_kept(timezone.now())
    return first is not None and day < first


def first_day_kept(now: datetime) -> date | None:
    """Contacts of the days before are erased; None where they are kept for good."""
    days = the_organisation().contact_days
    return organisation_day(now) - timedelta(days=days) if days else None


def _public_part(contact: Contact | None) -> tuple[object, ...] | None:
    """What is left of a contact that was erased for its age."""
    return (contact.name, "", "", True, False) if contact and contact.consent_publish else None


def _left(key: UUID) -> tuple[object, ...] | None:
    """What was left besides the answers when they were stored."""
    stored = Contact.objects.filter(pk=key).first()
    return _told(stored) if stored else None


def _told(contact: Contact) -> tuple[object, ...]:
    return (contact.name, contact.email, contact.phone, contact.consent_publish, contact.consent_contact)


def _insert(response: Response) -> bool:
    try:
        with _own_transaction(), connection.cursor() as cursor:
            cursor.execute(
                _statement(),
                [field.get_db_prep_save(getattr(response, field.attname), connection) for field in FIELDS],
            )
    except IntegrityError:
        if Response.objects.filter(pk=response.pk).exists() or is_spent(response.pk):
            return False
        raise
    return True


@cache
def _statement() -> str:
    """The INSERT of every response. `save()` would compile the same words anew each time: a fifth of the POST."""
    table = connection.ops.quote_name(Response._meta.db_table)  # noqa: SLF001
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in FIELDS)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(FIELDS))})"  # noqa: S608 (names of ours)


def _own_transaction() -> AbstractContextManager[object]:
    """Inside a transaction a refused INSERT must not take the rest along; alone it needs no BEGIN and COMMIT."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def store_responses(*, responses: Iterable[tuple[Submission, Answers]], run: ImportRun) -> int:
    """Store a batch of an import, held until the whole file is in; returns how many were not there yet. What was deleted
    by hand stays away, and what was erased comes without its words.

    Asks which are known instead of letting the database pass over conflicts: on SQLite that would pass over
    broken rules as well. To be called in a transaction.
    """
    pairs = list(responses)
    keys = [one.id for one, _answers in pairs]
    known = set(Response.objects.filter(pk__in=keys).values_list("pk", flat=True))
    spent = dict(SpentKey.objects.filter(pk__in=keys).values_list("key", "words_only"))
    rows = [
        _row(one, _without_texts(one, answers) if one.id in spent else answers)
        for one, answers in pairs
        if one.id not in known and spent.get(one.id, True)
    ]
    for row in rows:
        row.import_run_id, row.is_held, row.is_heard = run.pk, True, True
    Response.objects.bulk_create(rows, batch_size=ROWS_IN_INSERT)
    return len(rows)


def _without_texts(submission: Submission, answers: Answers) -> Answers:
    texts = text_keys(submission.version_id)
    return replace(answers, answers={key: said for key, said in answers.answers.items() if key not in texts})


def _row(submission: Submission, answers: Answers) -> Response:
    return Response(
        id=submission.id,
        version_id=submission.version_id,
        location_id=submission.location_id,
        touchpoint_id=submission.touchpoint_id,
        mode=submission.mode,
        received_on=submission.received_on,
        received_at=submission.received_at,
        ratings=answers.ratings,
        answers=answers.answers,
        flags=submission.flags,
        is_held=bool(submission.flags & HELD_ON_ARRIVAL),
        is_heard=not answers.answers and not submission.is_review,
    )
