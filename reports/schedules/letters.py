"""A report that goes out: made where it is not there yet, and the words of its mail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import numerals
from reports.contents import findings_in
from reports.findings import name_of
from reports.frozen import Unreadable, thaw
from reports.letters import Attached, Letter
from reports.results import Computed
from reports.schedules.clocks import own_zone
from reports.schedules.leaving import leaving_token
from reports.storing import CannotBeRead, may_still_read, period_of, store_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reports.exports.scope import Scope
    from reports.models import SentReport, StoredReport

# A mail that is later than this says so.
LATE = timedelta(hours=1)


def letter_of(sent: SentReport, *, now: datetime) -> Letter:
    """The mail of one report. Raises CannotBeRead, NotNow."""
    stored = sent.report or _make(sent, now=now)
    if not may_still_read(stored, sent.member):
        raise CannotBeRead("It is about places that the member no longer holds.")
    with translation.override(sent.language):
        scope = scope_of(stored)
        return Letter(
            subject=f"{sent.name} \N{MIDDLE DOT} {scope.days}" if scope else sent.name,
            heading=sent.name,
            points=findings_of(scope),
            facts=scope.facts() if scope else [],
            notes=list(_notes(sent, now)),
            link=f"{sent.origin}{reverse('reports:sent_report', args=[sent.pk])}",
            link_words=_("Read the report"),
            why=_why(sent),
            language=sent.language,
            attached=Attached(file_name(stored), bytes(stored.pdf), "application/pdf"),
            unsubscribe=leaving_link(sent),
            scores=scores_of(scope),
        )


def scope_of(stored: StoredReport) -> Scope | None:
    """What it says; None where only its document can still be read."""
    try:
        return thaw(bytes(stored.result))
    except Unreadable:
        return None


def findings_of(scope: Scope | None) -> list[str]:
    return findings_in(scope) if scope else []


def scores_of(scope: Scope | None) -> list[tuple[str, str, str]]:
    """Dimension, mean and its interval, of those that can be shown."""
    return [
        (name_of(result.dimension), numerals.mean(result.score.mean), numerals.span(result.score.interval))
        for result in (scope.report.dimensions if scope else ())
        if isinstance(result.score, Computed)
    ]


def file_name(stored: StoredReport) -> str:
    survey = stored.filters.partition("&")[0].removeprefix("survey=")
    return f"{survey}-report-{stored.made_at:%Y-%m-%d}.pdf"


@transaction.atomic
def _make(sent: SentReport, *, now: datetime) -> StoredReport:
    """The report, kept before it is sent: what goes out is what stays."""
    stored = store_report(
        member=sent.member, filters=sent.filters, charts=sent.charts, language=sent.language, now=now
    )
    sent.report, sent.period = stored, period_of(stored)
    sent.save(update_fields=["report", "period"])
    return stored


def _why(sent: SentReport) -> str:
    if sent.is_by_hand:
        return _("You get this because you asked for it, once.")
    return _("You get this because it was set up for you.")


def leaving_link(sent: SentReport) -> str:
    """Where its recipient has no more of them; empty where no more are to come."""
    if sent.schedule_id is None:
        return ""
    token = leaving_token(schedule=sent.schedule_id, member=sent.member_id)
    return f"{sent.origin}{reverse('reports:leave', args=[token])}"


def _notes(sent: SentReport, now: datetime) -> Iterator[str]:
    if sent.missed:
        yield ngettext(
            "%(count)d earlier report could not be sent in time and is left out: this is the latest.",
            "%(count)d earlier reports could not be sent in time and are left out: this is the latest.",
            sent.missed,
        ) % {"count": sent.missed}
    if now - sent.due_at > LATE:
        zone = own_zone(sent.member)
        due = date_format(sent.due_at.astimezone(ZoneInfo(zone)), "j M Y, H:i")
        yield _("It was to be sent on %(due)s (%(zone)s).") % {"due": due, "zone": zone}
    yield _("The figures of this report stay as they are. The page leads on to those of today.")
