"""Which cards are keyed twice: the share in force, and a choice that nobody can foresee."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings

from metrics.proportions import wilson

if TYPE_CHECKING:
    from uuid import UUID

    from cards.models import KeyingRule

ALL, PER = 100, 1000


class Reason(StrEnum):
    """Where a share comes from."""

    BATCH = "batch"
    CLERK = "clerk"
    TOO_LITTLE = "too_little"  # not enough was compared yet
    ERRORS = "errors"  # the rule, by the errors measured


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Errors in 1,000 fields with their 95 % interval (Wilson 1927); None where nothing was compared."""

    fields: int
    errors: int

    @property
    def rate(self) -> float | None:
        return PER * self.errors / self.fields if self.fields else None

    @property
    def interval(self) -> tuple[float, float] | None:
        found = wilson(self.errors, self.fields)
        return (PER * found.low, PER * found.high) if found else None


@dataclass(frozen=True, slots=True)
class Share:
    """Percent of the cards that are keyed twice, and why."""

    percent: int
    reason: Reason


def share_of(rule: KeyingRule, rate: ErrorRate, *, batch: int | None, clerk: int | None) -> Share:
    """The batch's own share, else the clerk's own, else what the rule says of the clerk's errors."""
    if batch is not None:
        return Share(batch, Reason.BATCH)
    if clerk is not None:
        return Share(clerk, Reason.CLERK)
    interval = rate.interval
    if interval is None or rate.fields < rule.fields_needed:
        return Share(ALL, Reason.TOO_LITTLE)
    _low, high = interval
    if high <= rule.low_errors:
        return Share(rule.low_share, Reason.ERRORS)
    return Share(rule.fair_share if high <= rule.fair_errors else ALL, Reason.ERRORS)


def is_chosen(card: UUID, percent: int) -> bool:
    """Whether this card is keyed twice. It follows from the card's key and a secret, so trying again changes nothing."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"cards.second" + card.bytes, hashlib.sha256).digest()
    return int.from_bytes(digest[:4]) % ALL < percent
