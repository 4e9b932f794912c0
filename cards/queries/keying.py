"""Reads that keying rests on: what was keyed of a card, how well somebody keys, and how much is keyed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum

from cards.models import ClerkShare, KeyerMonth, Keying, KeyingRule
from cards.shares import ErrorRate, Share, share_of
from surveys.answering.answers import Answers
from surveys.answering.published import Published, published
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cards.enums import Turn
    from cards.models import Batch, Card
    from organisation.models import Member

# A rate speaks of this month and the two before, so that who has learned is not held to how they began.
MONTHS = 3


def version_of(card: Card) -> Published:
    """The card's version in its survey's own language."""
    language = Survey.objects.values_list("language", flat=True).get(versions=card.version_id)
    return published(card.version_id, language)


def last_reading(card: Card, turn: Turn) -> Keying | None:
    """The last revision of that turn; None where nobody keyed it."""
    return Keying.objects.filter(card=card, turn=turn).order_by("-revision").first()


def answers_of(keying: Keying) -> Answers:
    return Answers(ratings=keying.ratings, answers=keying.answers)


def error_rates(keyers: Iterable[int], *, today: date) -> dict[int, ErrorRate]:
    """By member: what was compared in these MONTHS, and how much of it was wrong. One query."""
    keys = list(keyers)
    first = first_month(today)
    rows = KeyerMonth.objects.filter(keyer__in=keys, month__gte=first).values_list("keyer")
    found = {
        keyer: ErrorRate(fields, errors)
        for keyer, fields, errors in rows.annotate(sum_fields=Sum("fields"), sum_errors=Sum("errors"))
    }
    return {key: found.get(key, ErrorRate(0, 0)) for key in keys}


def first_month(today: date) -> date:
    """The first day of the first month that a rate speaks of."""
    months = today.year * 12 + today.month - MONTHS
    return today.replace(year=months // 12, month=months % 12 + 1, day=1)


def keying_rule() -> KeyingRule:
    """The one row, or what it holds until somebody changes it."""
    return KeyingRule.objects.filter(pk=1).first() or KeyingRule()


def share_in_force(batch: Batch, clerk: Member, *, today: date) -> Share:
    own = ClerkShare.objects.filter(clerk=clerk).values_list("share", flat=True).first()
    rate = error_rates([clerk.pk], today=today)[clerk.pk]
    return share_of(keying_rule(), rate, batch=batch.share, clerk=own)
