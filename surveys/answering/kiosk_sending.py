"""Answers as a kiosk sends them, perhaps days after they were given: what they are about, whether they may still be
stored, and the row they become.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from metrics.questionnaire import straight_line, too_fast
from surveys.actions.responses import Submission
from surveys.answering import crowds, kiosk_tokens
from surveys.answering.about import NAME, PUBLISH, read_about
from surveys.answering.answers import Answers, count_answered, read_answers
from surveys.answering.published import published
from surveys.answering.sending import PlaceUnknown, address_of, is_version_of, places_of
from surveys.enums import Flag, Mode

if TYPE_CHECKING:
    from datetime import datetime

    from surveys.answering.kiosk_tokens import KioskPass
    from surveys.answering.places import Address
    from surveys.answering.published import Published
    from surveys.models import Contact

# What lay longer on a device counts on the last day that can be believed.
LONGEST_KEPT = timedelta(days=90)
RANDOM_UUID = 4


class NotOurs(Exception):
    """Whatever was sent, no kiosk of ours sends it so."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One customer's answers, as the device kept them.

    `answered_at` is by our clock: the device says how long ago it was, never which day, and never before its page
    was made. `seconds` is how long answering took.
    """

    address: Address
    version: Published
    id: UUID
    given: dict[str, list[str]]
    answered_at: datetime
    seconds: float
    is_abandoned: bool
    edition: int
    is_place_lost: bool = False
    about: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the address of its kiosk no longer holds, or the place where it stood is gone."""
        kiosk = self.address.kiosk
        return self.is_place_lost or kiosk is None or self.edition != kiosk.edition

    @property
    def is_in_time(self) -> bool:
        return self.address.survey.is_open(at=self.answered_at)

    def answers(self) -> Answers:
        """By the same rules as everywhere; who walked away has not been asked for what must be answered."""
        return read_answers(self.version.without_musts() if self.is_abandoned else self.version, self.given)

    def contact(self) -> Contact | None:
        """What is to be kept of the customer: nothing of one who walked away and so agreed to nothing. What cannot be
        read is left out, as nobody is there any more to mend it; the answers are not lost for it.
        """
        if self.is_abandoned or not self.address.survey.is_review_form:
            return None
        contact, wrong = read_about(self.about)
        if not wrong:
            return contact
        kept = {name: self.about.get(name, []) for name in (NAME, PUBLISH) if name not in wrong}
        return read_about(kept)[0]


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody at a kiosk who says to know the PIN."""

    address: Address
    location: str
    touchpoint: str
    pin: str


def read_leaving(body: bytes, slug: str) -> Leaving:
    """Raises NotOurs, and Http404 for a survey that is not there."""
    sent = _as_object(body)
    address, kiosk_pass, _is_place_lost = _passed(sent, slug)
    # JSON can spell half a character, which no PIN holds and nobody can hash.
    pin = _part(sent, "pin", str).encode(errors="replace").decode()
    return Leaving(address, kiosk_pass.location, kiosk_pass.touchpoint, pin)


def read_kept(body: bytes, slug: str, *, now: datetime) -> Kept:
    """Raises NotOurs, and Http404 for a survey that is not there. What was answered at a place that is gone is of the
    survey's own place, and held: an editor moves it or lets it go.
    """
    sent = _as_object(body)
    address, kiosk_pass, is_place_lost = _passed(sent, slug)
    return Kept(
        address=address,
        version=published(kiosk_pass.version_id, address.survey.language),
        id=_key(_part(sent, "id", str)),
        given=_answers(_part(sent, "answers", dict)),
        answered_at=_answered_at(kiosk_pass, _seconds(sent, "age"), now),
        seconds=_seconds(sent, "took"),
        is_abandoned=_part(sent, "abandoned", bool),
        edition=kiosk_pass.edition,
        is_place_lost=is_place_lost,
        about=_answers(_part({"about": {}, **sent}, "about", dict)),
    )


def submission(kept: Kept, read: Answers) -> Submission:
    """The row that the answers become, on the local day on which they were given."""
    location, touchpoint = places_of(kept.address)
    return Submission(
        id=kept.id,
        version_id=kept.version.version_id,
        location_id=location.id,
        touchpoint_id=touchpoint.id,
        mode=Mode.KIOSK,
        received_on=location.day(kept.answered_at),
        received_at=None if kept.version.is_anonymous else kept.answered_at,
        flags=(Flag.STRAIGHT_LINE if straight_line(read.ratings) else 0)
        | (Flag.TOO_FAST if too_fast(kept.seconds, count_answered(read)) else 0)
        | (Flag.WITHDRAWN if kept.is_withdrawn else 0)
        | (Flag.CROWDED if _is_of_a_crowd(kept) else 0),
        is_review=kept.address.survey.is_review_form,
    )


def _is_of_a_crowd(kept: Kept) -> bool:
    location, touchpoint = places_of(kept.address)
    kiosk = f"{kept.address.survey.pk} {location.code} {touchpoint.code}"
    return crowds.is_more_than_a_kiosk_takes(kiosk, kept.id, kept.answered_at)


def _passed(sent: dict[str, Any], slug: str) -> tuple[Address, KioskPass, bool]:
    """What it is about, the pass that says so, and whether the place is gone."""
    kiosk_pass = kiosk_tokens.read_pass(_part(sent, "pass", str))
    if kiosk_pass is None:
        raise NotOurs
    is_place_lost = False
    try:
        address = address_of(slug, kiosk_pass.location, kiosk_pass.touchpoint)
    except PlaceUnknown as unknown:
        address, is_place_lost = unknown.address, True
    if not is_version_of(address, kiosk_pass.version_id):
        raise NotOurs
    return address, kiosk_pass, is_place_lost


def _answered_at(kiosk_pass: KioskPass, age: float, now: datetime) -> datetime:
    """A device without a battery for its clock may believe anything, and so may who forges a day."""
    age = min(age, LONGEST_KEPT.total_seconds())
    return min(max(now - timedelta(seconds=age), kiosk_pass.issued_at), now)


def _as_object(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise NotOurs from None
    if not isinstance(sent, dict):
        raise NotOurs
    return sent


def _part[Part](sent: dict[str, Any], name: str, kind: type[Part]) -> Part:
    value = sent.get(name)
    if not isinstance(value, kind):
        raise NotOurs
    return value


def _seconds(sent: dict[str, Any], name: str) -> float:
    value = sent.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotOurs
    # In this order what is no number at all (NaN) becomes 0, too.
    return float(min(max(0, value), LONGEST_KEPT.total_seconds()))


def _key(text: str) -> UUID:
    """A random key, as the device makes it: no key that an import could make from a row."""
    try:
        key = UUID(text)
    except ValueError:
        raise NotOurs from None
    if key.version != RANDOM_UUID:
        raise NotOurs
    return key


def _answers(given: dict[str, Any]) -> dict[str, list[str]]:
    for values in given.values():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise NotOurs
    return given
