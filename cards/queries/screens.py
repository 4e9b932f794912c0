"""What the keying screens know, as plain data for the page's script. The second keyer's holds nothing of the first."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cards.codes import BadCode, code_of
from cards.enums import Rejection
from cards.models import Card, PrintRun
from surveys.answering.published import published
from surveys.enums import RATING_LABELS, RATINGS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from cards.models import Batch
    from cards.models.keying import CardQuerySet
    from organisation.models import Member
    from surveys.answering.published import Item

MOST_RUNS = 3000
MOST_DAYS_TO_CHOOSE = 31
CARDS_ON_A_SCREEN = 200


def tally_of(batch: Batch) -> dict[str, int]:
    """Counted = keyed + rejected + left. How many wait is not in it: it would tell a second keyer who was right."""
    return {"counted": batch.counted, "keyed": batch.keyed, "rejected": batch.rejected}


def first_screen(batch: Batch, by: Member) -> dict[str, Any]:
    """Everything that keying needs while the server is away."""
    versions = list(batch.survey.versions.published().order_by("-number").values_list("pk", flat=True))
    return _shared(batch, by, versions) | {
        "turn": "first",
        "tally": tally_of(batch),
        "version": batch.survey.live_version_id or next(iter(versions), None),
        "runs": _runs(versions, by),
        "is_long": (batch.collected_to - batch.collected_from).days >= MOST_DAYS_TO_CHOOSE,
        "days": [{"day": day.isoformat(), "words": date_format(day, "D j M Y")} for day in _days(batch)],
        "rejections": [{"value": value, "words": str(words)} for value, words in Rejection.choices],
        "urls": {"send": reverse("cards:file", args=[batch.pk]), **_ways(batch, "key")},
    }


def second_screen(batch: Batch, by: Member) -> dict[str, Any]:
    """The cards that wait for another's eyes: which ones, and who keyed each first and when. Nothing that was read."""
    waiting = awaiting(batch, by).select_related("first_by").order_by("number")[:CARDS_ON_A_SCREEN]
    cards = list(waiting)
    versions = sorted({card.version_id for card in cards}, reverse=True)
    zone = ZoneInfo(batch.location.time_zone)
    return _shared(batch, by, versions) | {
        "turn": "second",
        "tally": {"counted": batch.counted, "awaiting": len(cards)},
        "version": next(iter(versions), None),
        "cards": [
            {
                "id": str(card.pk),
                "number": card.number,
                "code": code_on(card),
                "version": card.version_id,
                "by": str(card.first_by),
                "when": moment(card.first_at, zone),
            }
            for card in cards
        ],
        "runs": [],
        "days": [],
        "rejections": [],
        "urls": {"send": reverse("cards:file_second", args=[batch.pk]), **_ways(batch, "second")},
    }


def awaiting(batch: Batch, by: Member) -> CardQuerySet:
    """Cards of the batch that this member may key a second time."""
    cards: CardQuerySet = Card.objects.filter(batch=batch).awaiting_second().exclude(first_by=by)
    return cards


def code_on(card: Card) -> str:
    """As it is printed; empty for a card without one."""
    try:
        return code_of(card.print_run_id or 0, card.serial) if card.serial is not None else ""
    except BadCode:
        return ""


def moment(at: datetime, zone: ZoneInfo) -> str:
    return date_format(timezone.localtime(at, zone), "DATETIME_FORMAT")


def _shared(batch: Batch, by: Member, versions: Iterable[int]) -> dict[str, Any]:
    language = batch.survey.language
    plain = [published(version, language) for version in versions]
    return {
        "member": by.pk,
        "batch": batch.pk,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "versions": [
            {"id": one.version_id, "number": one.number, "items": [_item(item) for item in one.items]}
            for one in plain
        ],
        "labels": {str(rating): str(RATING_LABELS[rating]) for rating in RATINGS},
    }


def _item(item: Item) -> dict[str, Any]:
    wanted = {"position", "key", "kind", "text", "section", "allows_not_applicable", "options"}
    return {name: value for name, value in asdict(item).items() if name in wanted}


def _runs(versions: Iterable[int], by: Member) -> list[tuple[int, int, int, str]]:
    """The newest print runs at the member's locations: run, version, copies, location."""
    runs = PrintRun.objects.visible_to(by).filter(version__in=list(versions)).order_by("-pk")
    return list(runs.values_list("pk", "version_id", "copies", "location__name")[:MOST_RUNS])


def _days(batch: Batch) -> list[date]:
    """The collecting days, last first, where they are few enough to choose among; else the first and the last."""
    count = (batch.collected_to - batch.collected_from).days + 1
    if count > MOST_DAYS_TO_CHOOSE:
        return [batch.collected_to, batch.collected_from]
    return [batch.collected_to - timedelta(days=back) for back in range(count)]


def _ways(batch: Batch, page: str) -> dict[str, str]:
    own = reverse(f"cards:{page}", args=[batch.pk])
    return {
        "page": own,
        "sign_in": reverse("account_login", query={"next": own}),
        "worker": reverse("cards:worker"),
    }
