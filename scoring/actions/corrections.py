"""Changes to what was answered. The cells follow by the difference, in the transaction of the change.

One call in a transaction: after it the cells are locked, and nobody who holds cells may wait for a response.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from scoring.cells import apply_difference, move_cells, move_data_versions
from scoring.rows import plans_of, row_of, rows_of
from surveys import doorbell
from surveys.actions.responses import spend_keys
from surveys.enums import Answer, Kind
from surveys.models import Question, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from django.db.models import Model

    from organisation.models import Location, Member, Touchpoint
    from surveys.enums import Mode
    from surveys.models.responses import ResponseQuerySet

RATINGS = frozenset("12345" + Answer.NOT_APPLICABLE + Answer.BLANK + Answer.UNREADABLE)
# Responses changed by one statement.
CHUNK = 5_000


class BadRatingsError(ValueError):
    """The ratings do not fit the questions of the response's version."""


@transaction.atomic
def correct_response(
    *,
    response: Response,
    by: Member | None,
    now: datetime,
    ratings: str | None = None,
    answers: dict[str, Any] | None = None,
) -> Response:
    """Replace what was answered, such as a card that was read wrong. Raises BadRatingsError."""
    if ratings is not None:
        _check_ratings(response.version_id, ratings)
    given = {"ratings": ratings, "answers": answers}
    fields = {name: value for name, value in given.items() if value is not None}
    return _change(response, fields, action="corrected", by=by, now=now, changes={"changed": list(fields)})


@transaction.atomic
def move_response(
    *,
    response: Response,
    by: Member | None,
    now: datetime,
    location: Location | None = None,
    touchpoint: Touchpoint | None = None,
    day: date | None = None,
    mode: Mode | None = None,
) -> Response:
    """Put a response where, when or how it belongs. What is not named stays."""
    given = {
        "location_id": location and location.pk,
        "touchpoint_id": touchpoint and touchpoint.pk,
        "received_on": day,
        "mode": mode and mode.value,
    }
    fields = {name: value for name, value in given.items() if value is not None}
    told = {"location": location, "touchpoint": touchpoint, "received_on": day, "mode": mode}
    changes = {
        name: [str(getattr(response, name)), str(value)] for name, value in told.items() if value is not None
    }
    return _change(response, fields, action="moved", by=by, now=now, changes=changes)


@transaction.atomic
def hold_response(*, response: Response, by: Member | None, now: datetime) -> Response:
    """Take a response out of every score until somebody releases it."""
    return _change(response, {"is_held": True, "is_scored": False}, action="held", by=by, now=now)


@transaction.atomic
def release_response(*, response: Response, by: Member | None, now: datetime) -> Response:
    """Put a held response back on the scorer's list."""
    transaction.on_commit(doorbell.ring, robust=True)
    return _change(response, {"is_held": False}, action="released", by=by, now=now)


@transaction.atomic
def hold_responses(
    *, responses: ResponseQuerySet, subject: Model, by: Member | None, now: datetime, why: str = ""
) -> int:
    """Take any number of responses out of every score, in one transaction; returns how many were not held before.

    `subject` and `why` are for the audit trail: the survey, and what they have in common.
    """

    def hold(chunk: ResponseQuerySet) -> int:
        return chunk.filter(is_held=False).update(is_held=True, is_scored=False, is_heard=False)

    held = _take_out(responses.filter(is_held=False), hold, now=now)
    return _told(held, action="held responses of", subject=subject, by=by, now=now, why=why)


@transaction.atomic
def release_responses(
    *, responses: ResponseQuerySet, subject: Model, by: Member | None, now: datetime, why: str = ""
) -> int:
    """Put any number of held responses back on the scorer's list, in one transaction; returns how many."""
    transaction.on_commit(doorbell.ring, robust=True)
    released = sum(chunk.held().update(is_held=False, is_heard=False) for chunk in _locked(responses.held()))
    return _told(released, action="released responses of", subject=subject, by=by, now=now, why=why)


@transaction.atomic
def delete_responses(
    *, responses: ResponseQuerySet, subject: Model, by: Member | None, now: datetime, may_return: bool = False
) -> int:
    """Delete responses and take them out of the cells; returns how many. Any number, in one transaction.

    `subject` is what the audit trail names: the import that is undone, or the survey. Of the responses it keeps
    the number only, as nothing of what was erased may stay. Whoever sends one of them again is thanked, and it stays
    away; `may_return`: unless a file brings it.
    """

    def delete(chunk: ResponseQuerySet) -> int:
        if not may_return:
            spend_keys(chunk)
        return chunk.delete()[1].get("surveys.Response", 0)

    deleted = _take_out(responses, delete, now=now)
    changes = {"responses": deleted}
    record_change(action="deleted responses of", subject=subject, by=by, now=now, changes=changes)
    return deleted


def _take_out(
    responses: ResponseQuerySet, change: Callable[[ResponseQuerySet], int], *, now: datetime
) -> int:
    """Change responses so that they count no longer, and the cells by the difference; returns how many."""
    from scoring import counting  # noqa: PLC0415 (numpy)

    changed, cells = 0, counting.NO_CELLS
    surveys: set[int] = set()
    for chunk in _locked(responses):
        rows = list(rows_of(chunk.scored()))
        plans = plans_of(row.version for row in rows)
        cells = counting.added([cells, counting.count(rows, plans)])
        surveys |= {plan.survey for plan in plans.values()}
        changed += change(chunk)
    apply_difference(cells.negative(), now=now)
    move_data_versions(surveys=surveys, now=now)
    return changed


def _locked(responses: ResponseQuerySet) -> Iterator[ResponseQuerySet]:
    """The responses, some thousand at a time and each locked, in the order of their keys, so that two who lock many
    wait for each other but never in a circle. Somebody may have changed one just before it was locked.
    """
    rest, scope = responses.order_by(), Response.objects.order_by("pk")
    # By key, as what is distinct cannot be locked.
    while keys := list(
        scope.filter(pk__in=rest.values("pk")).select_for_update().values_list("pk", flat=True)[:CHUNK]
    ):
        yield Response.objects.filter(pk__in=keys)
        # On both sides, or each round would read from the first again.
        rest, scope = rest.filter(pk__gt=keys[-1]), scope.filter(pk__gt=keys[-1])


def _told(count: int, *, action: str, subject: Model, by: Member | None, now: datetime, why: str) -> int:
    """Nothing was done where nothing was left to do, so nothing is told."""
    if count:
        changes = {"responses": count, **({"why": why} if why else {})}
        record_change(action=action, subject=subject, by=by, now=now, changes=changes)
    return count


def _change(
    response: Response,
    fields: dict[str, Any],
    *,
    action: str,
    by: Member | None,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> Response:
    """Set the fields of a response that nobody else is counting or changing meanwhile, and move its cells."""
    locked = Response.objects.select_for_update().get(pk=response.pk)
    if all(getattr(locked, name) == value for name, value in fields.items()):
        return locked
    before = [row_of(locked)] if locked.is_scored else []
    for name, value in fields.items():
        setattr(locked, name, value)
    # Whoever has read it reads it again.
    locked.is_heard = False
    locked.save(update_fields=[*fields, "is_heard"])
    after = [row_of(locked)] if locked.is_scored else []
    move_cells(removed=before, added=after, now=now)
    record_change(action=action, subject=locked, by=by, now=now, changes=changes)
    return locked


def _check_ratings(version: int, ratings: str) -> None:
    kinds = Question.objects.filter(version=version).in_order().values_list("measure__kind", flat=True)
    allowed = [RATINGS if kind == Kind.RATING else {Answer.NO_RATING} for kind in kinds]
    if len(allowed) != len(ratings) or any(
        sign not in signs for sign, signs in zip(ratings, allowed, strict=False)
    ):
        raise BadRatingsError(f"{len(allowed)} signs were expected, each as its question allows.")
