"""The audit trail as it is read: which entries, a page at a time, and each in the reader's language and by their clock."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from organisation.deeds import deed_told, field_of, models_by_kind, part_name, thing_name
from organisation.models import AuditEntry
from organisation.queries import the_organisation

if TYPE_CHECKING:
    from django.db.models import Model

    from organisation.models import Member
    from organisation.models.audit import AuditEntryQuerySet

ENTRIES_ON_A_PAGE = 50
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
PAIR = 2  # what was, and what is
LISTED = {"changed", "kinds"}  # told whole: two of these are no before and after
SHORT = 8  # characters by which two responses are told apart
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry as it is read: who, when, what, and (field, before, after) of each change."""

    at: datetime
    by: Member | None
    text: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, newest first. `older` is the key to go on after, None at the end."""

    lines: list[AuditLine]
    older: int | None


def audit_entries(
    reader: Member,
    *,
    words: str = "",
    by: Member | None = None,
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
) -> AuditEntryQuerySet:
    """Entries about things in whose name each of the words occurs, by that member, about that kind of thing, on days
    of the organisation from the first to the last.
    """
    entries = AuditEntry.objects.visible_to(reader)
    for word in words.split():
        entries = entries.filter(label__icontains=word)
    if by is not None:
        entries = entries.filter(by=by)
    if kind:
        entries = entries.filter(kind=kind)
    zone = ZoneInfo(the_organisation().time_zone) if first or last else None
    if first is not None:
        entries = entries.filter(at__gte=datetime.combine(first, time.min, tzinfo=zone))
    if last is not None:
        entries = entries.filter(at__lt=datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone))
    return entries


def audit_page(entries: AuditEntryQuerySet, *, before: int | None = None) -> AuditPage:
    """One page, starting after the entry with the key `before`, however many there are."""
    if before is not None and (last := AuditEntry.objects.filter(pk=before).first()):
        entries = entries.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(entries.select_related("by").order_by("-at", "-pk")[: ENTRIES_ON_A_PAGE + 1])
    shown = found[:ENTRIES_ON_A_PAGE]
    models, zone = models_by_kind(), ZoneInfo(the_organisation().time_zone)
    lines = [_line(entry, models.get(entry.kind), zone) for entry in shown]
    return AuditPage(lines, older=shown[-1].pk if len(found) > len(shown) else None)


def audit_kinds(reader: Member) -> list[tuple[str, str]]:
    """The kinds of things that entries are about, each with what it is called, by that name."""
    found = AuditEntry.objects.visible_to(reader).order_by().values_list("kind", flat=True).distinct()
    return sorted(((kind, capfirst(thing_name(kind))) for kind in found), key=lambda one: one[1].casefold())


def _line(entry: AuditEntry, model: type[Model] | None, zone: ZoneInfo) -> AuditLine:
    label = entry.label[:SHORT] if UUID.fullmatch(entry.label) else entry.label
    changes = [_change(name, value, model, zone) for name, value in entry.changes.items()]
    return AuditLine(entry.at, entry.by, deed_told(entry.action, entry.kind, label), changes)


def _change(name: str, value: Any, model: type[Model] | None, zone: ZoneInfo) -> tuple[str, str, str]:
    before, after = ("", value)
    if isinstance(value, list) and len(value) == PAIR and name not in LISTED:
        before, after = value
    choices = dict(getattr(field_of(name, model), "flatchoices", None) or ())

    def said(side: Any) -> str:
        if name == "filters" and isinstance(side, str):
            return ", ".join(f"{part_name(key, None)}: {chosen}" for key, chosen in parse_qsl(side))
        is_choice = isinstance(side, str) and side in choices
        return str(choices[side]) if is_choice else _said(side, zone)

    return part_name(name, model), said(before), said(after)


def _said(value: Any, zone: ZoneInfo) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case str():
            return _in_words(value, zone)
        case list() if all(isinstance(item, str) for item in value):
            return ", ".join(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _in_words(text: str, zone: ZoneInfo) -> str:
    """Days and moments as people write them; all else as it stands."""
    try:
        if DAY.fullmatch(text):
            return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
        if MOMENT.fullmatch(text):
            return date_format(localtime(datetime.fromisoformat(text), zone), "DATETIME_FORMAT")
    except (ValueError, OverflowError):
        pass
    return text
