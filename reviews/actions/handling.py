"""What members do with comments so that each finds its end: give them to somebody, label them, tick them off.

One or many at once, in one transaction, with one line in the audit trail for each that changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions.audit import record_change, record_changes
from reviews.actions.labels import ensure_label
from reviews.models import Review
from reviews.seen import Sight, refuse_changed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from organisation.models import Member
    from reviews.models import Label
    from reviews.models.reviews import ReviewQuerySet


@transaction.atomic
def assign_reviews(*, reviews: ReviewQuerySet, to: Member | None, by: Member, now: datetime) -> int:
    """Give them to a member, or to nobody; returns how many were not there before."""
    rows = [review for review in _locked(reviews) if review.assigned_to_id != (to.pk if to else None)]
    Review.objects.filter(pk__in=_keys(rows)).update(assigned_to=to)
    action, changes = ("assigned", {"to": str(to)}) if to else ("assigned to nobody", {})
    record_changes(action=action, subjects=rows, by=by, now=now, changes=changes)
    return len(rows)


@transaction.atomic
def handle_reviews(
    *, reviews: ReviewQuerySet, is_handled: bool, by: Member, now: datetime, seen: str | None = None
) -> int:
    """Tick them off, or take that back; returns how many were not so before. Who ticked one off first stays.

    Raises ChangedMeanwhile.
    """
    locked = _locked(reviews)
    for review in locked:
        refuse_changed(review, Sight.HANDLED, seen)
    rows = [review for review in locked if (review.handled_at is not None) != is_handled]
    marks = {"handled_at": now, "handled_by": by} if is_handled else {"handled_at": None, "handled_by": None}
    Review.objects.filter(pk__in=_keys(rows)).update(**marks)
    record_changes(action="handled" if is_handled else "took up again", subjects=rows, by=by, now=now)
    return len(rows)


@transaction.atomic
def label_reviews(*, reviews: ReviewQuerySet, label: Label, is_set: bool, by: Member, now: datetime) -> int:
    """Put a label on them, or take it off; returns how many did not have it, or had."""
    has = set(label.reviews.filter(pk__in=reviews.values("pk")).values_list("pk", flat=True))
    rows = [review for review in _locked(reviews) if (review.pk in has) != is_set]
    if is_set:
        label.reviews.add(*rows)
    else:
        label.reviews.remove(*rows)
    action = "labelled" if is_set else "unlabelled"
    record_changes(action=action, subjects=rows, by=by, now=now, changes={"label": label.name})
    return len(rows)


@transaction.atomic
def care_for_review(
    *,
    review: Review,
    to: Member | None,
    labels: Iterable[Label],
    new_label: str = "",
    colour: str = "",
    by: Member,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Say whose a review is and what it is about, all at once. Raises ChangedMeanwhile."""
    one = Review.objects.filter(pk=review.pk)
    for locked in _locked(one):
        refuse_changed(locked, Sight.CARE, seen)
    wanted = set(labels)
    if new_label:
        wanted.add(ensure_label(name=new_label, colour=colour, by=by, now=now))
    set_labels(review=review, labels=wanted, by=by, now=now)
    assign_reviews(reviews=one, to=to, by=by, now=now)


@transaction.atomic
def set_labels(*, review: Review, labels: Iterable[Label], by: Member, now: datetime) -> None:
    """Let the review have these labels and no others."""
    [locked] = _locked(Review.objects.filter(pk=review.pk))
    before, wanted = (sorted(each, key=lambda label: label.name) for each in (locked.labels.all(), labels))
    if before != wanted:
        locked.labels.set(wanted)
        changes = {"labels": [", ".join(map(str, before)), ", ".join(map(str, wanted))]}
        record_change(action="labelled", subject=locked, by=by, now=now, changes=changes)


def _locked(reviews: ReviewQuerySet) -> list[Review]:
    """In the order of their keys, so that two members who take the same ones wait for each other, never in a circle."""
    keys = list(reviews.order_by().values_list("pk", flat=True))
    return list(Review.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _keys(rows: Iterable[Review]) -> list[UUID]:
    return [row.pk for row in rows]
