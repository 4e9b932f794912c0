"""What a clerk's device sends, checked: JSON in, entries out, or clear words about what is wrong with it.

A device is not trusted: every type, size and day is looked at, so that nothing it sends ends in an error of ours.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from cards.actions.keying import Entry
from cards.codes import BadCode, read_code
from cards.enums import Rejection
from cards.models import PrintRun
from organisation.text import LONGEST_TEXT
from surveys.answering.answers import Answers, read_answers
from surveys.answering.published import published

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.models import Batch
    from organisation.models import Member
    from surveys.answering.published import Published

MOST_CARDS = 50
MOST_REVISIONS = 32_767
MOST_QUESTIONS, MOST_VALUES = 100, 100
# Of one value: more than a text may have, so that a longer one is told of as the text that it is.
MOST_CHARACTERS = 2 * LONGEST_TEXT
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadBody(Exception):
    """Nothing of what was sent can be taken. `status` is the answer's."""

    def __init__(self, words: str, status: int = 422) -> None:
        super().__init__(words)
        self.words = words
        self.status = status


class OtherMember(BadBody):
    """The cards are those of another member, who keyed on the same device."""

    def __init__(self) -> None:
        super().__init__(_("These cards were keyed by somebody else, who has to sign in to send them."), 409)


class BadCard(Exception):
    """The card cannot be taken as it is. `why` names the part to look at."""

    def __init__(self, why: str, words: str) -> None:
        super().__init__(words)
        self.why = why
        self.words = words


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known before any card is read: the batch, who keys, and the versions that its cards may have."""

    batch: Batch
    by: Member
    versions: frozenset[int]
    language: str


def desk_of(batch: Batch, by: Member) -> Desk:
    """Two queries, for any number of cards."""
    survey = batch.survey
    versions = frozenset(survey.versions.published().values_list("pk", flat=True))
    return Desk(batch, by, versions, survey.language)


def read_body(body: bytes, member: Member) -> list[dict[str, object]]:
    """The cards of a request, each still to be read. Raises BadBody, and OtherMember for another's."""
    try:
        said: object = json.loads(body)
    except (ValueError, RecursionError):
        raise BadBody(_("This is not readable as JSON."), 400) from None
    if not isinstance(said, dict) or not _is_number(said.get("member")):
        raise BadBody(_("It is not said whose cards these are."))
    if said["member"] != member.pk:
        raise OtherMember
    cards = said.get("cards")
    if not isinstance(cards, list) or not 1 <= len(cards) <= MOST_CARDS:
        raise BadBody(_("Send between 1 and %(most)d cards at a time.") % {"most": MOST_CARDS})
    if not all(isinstance(card, dict) for card in cards):
        raise BadBody(_("One of the cards is not a card."))
    return cards


def read_entry(desk: Desk, card: Mapping[str, object]) -> Entry:
    """The card as the clerk read it. Raises BadCard."""
    run, serial = _read_code(desk, card.get("code", ""))
    version = _read_version(desk, card.get("version"), run)
    rejection = _one_of(card.get("rejected", ""), {"", *Rejection.values}, _("This is no reason to reject."))
    return Entry(
        id=read_key(card),
        version_id=version.version_id,
        day=_read_day(desk.batch, card.get("day")),
        answers=Answers() if rejection else read_given(version, card.get("given")),
        rejection=rejection,
        run=run,
        serial=serial,
        comment_later=_read_yes_or_no(card.get("comment_later", False)),
        revision=_read_revision(card.get("revision")),
    )


def read_key(card: Mapping[str, object]) -> UUID:
    """Raises BadCard."""
    key = card.get("id")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadCard("id", _("This card has no proper key."))
    return UUID(key)


def read_given(version: Published, given: object, *, may_be_blank: bool = False) -> Answers:
    """What stands on the card, by measure key. Raises BadCard, naming the question that is wrong."""
    if not isinstance(given, dict) or len(given) > MOST_QUESTIONS or not all(map(_is_list, given.values())):
        raise BadCard("given", _("The answers are not what a card holds."))
    answers = read_answers(version, given, on_paper=True)
    for item in version.items:
        if words := answers.errors.get(item.key):
            words = _("Question %(number)d: %(words)s") % {"number": item.position, "words": words}
            raise BadCard("given", words)
    is_blank = given.keys() <= {item.key for item in version.items}
    if (words := answers.errors.get("")) and not (is_blank and may_be_blank):
        raise BadCard("given", words)
    return answers


def _read_code(desk: Desk, code: object) -> tuple[PrintRun, int] | tuple[None, None]:
    """The print run and the serial, both None for a card without a code."""
    if code == "":
        return None, None
    if not isinstance(code, str) or len(code) > MOST_CHARACTERS:
        raise BadCard("code", _("This code is not readable."))
    try:
        number, serial = read_code(code)
    except BadCode:
        raise BadCard("code", _("No card has this code: a sign is wrong or missing.")) from None
    runs = PrintRun.objects.filter(pk=number, version__in=desk.versions)
    run = runs.first()
    if run is None or not 1 <= serial <= run.copies:
        raise BadCard("code", _("No card of this survey was printed with this code."))
    if not runs.visible_to(desk.by).exists():
        raise BadCard("code", _("This card was printed for a location that you do not hold."))
    return run, serial


def _read_version(desk: Desk, version: object, run: PrintRun | None) -> Published:
    if not _is_number(version) or version not in desk.versions:
        raise BadCard("version", _("This version does not belong to the survey of the batch."))
    if run is not None and run.version_id != version:
        raise BadCard("version", _("This card was printed with another version. Key its code again."))
    return published(int(str(version)), desk.language)


def _read_day(batch: Batch, day: object) -> date:
    try:
        read = date.fromisoformat(day) if isinstance(day, str) and DAY.fullmatch(day) else None
    except ValueError:
        read = None
    if read is None or not batch.collected_from <= read <= batch.collected_to:
        raise BadCard("day", _("This is none of the days on which the cards were collected."))
    return read


def _read_revision(revision: object) -> int:
    if not isinstance(revision, int) or isinstance(revision, bool) or not 0 <= revision <= MOST_REVISIONS:
        raise BadCard("revision", _("This card does not say how often it was corrected."))
    return revision


def _read_yes_or_no(said: object) -> bool:
    if not isinstance(said, bool):
        raise BadCard("comment_later", _("Whether the comment comes later is yes or no."))
    return said


def _one_of(said: object, choices: set[str], words: str) -> str:
    if not isinstance(said, str) or said not in choices:
        raise BadCard("rejected", words)
    return said


def _is_number(said: object) -> bool:
    return isinstance(said, int) and not isinstance(said, bool)


def _is_list(values: object) -> bool:
    """A list of texts, neither too many nor too long."""
    return (
        isinstance(values, list)
        and len(values) <= MOST_VALUES
        and all(isinstance(value, str) and len(value) <= MOST_CHARACTERS for value in values)
    )
