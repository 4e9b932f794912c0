"""Keeping a report as it is: its result and its document, in the scope of the member for whom it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import translation

from organisation.models import Location
from organisation.rules import may_read_reports
from press.alone import TookTooLong
from reports.chapters import with_chapters_asked
from reports.contents import scope_with
from reports.exports.prints import report_pdf
from reports.frozen import freeze, thaw
from reports.models import StoredReport
from reports.reading import ask, report_for
from reports.vocabulary import load_vocabulary
from reports.why.words import WordsOf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from organisation.models import Member
    from reports.reading import Asked


class CannotBeRead(Exception):
    """The member may read no reports, or not what the address names; the message says which."""


class NotNow(Exception):
    """The database did not answer, or the document took too long. It can be tried again."""


def asked_as(member: Member, filters: str, *, now: datetime, charts: Iterable[str] = ()) -> Asked:
    """What a stored address, with what is to go in, means to the member today. Raises CannotBeRead."""
    vocabulary = load_vocabulary(member) if member.is_active and may_read_reports(member) else None
    if vocabulary is None or not vocabulary.surveys:
        raise CannotBeRead("The member reads no reports any more.")
    asked = with_chapters_asked(ask(QueryDict(filters), vocabulary, now=now), charts)
    if asked.problems:
        raise CannotBeRead(" ".join(problem.message for problem in asked.problems))
    return asked


def store_report(
    *,
    member: Member,
    filters: str,
    language: str,
    now: datetime,
    charts: Collection[str] = (),
    words: WordsOf = WordsOf.ALL,
) -> StoredReport:
    """Make the report of an address as the member would read it now, and keep it, with these charts and chapters, or
    all charts. `words`: of which comments the chapter that asks why tells them.

    Raises CannotBeRead, NotNow.
    """
    with translation.override(language):
        asked = asked_as(member, filters, now=now, charts=charts)
        report = report_for(asked)
        scope = scope_with(asked, report, charts, member, words=words)
        if scope.has_failed:
            raise NotNow("The database did not answer.")
        try:
            document = report_pdf(scope)
        except TookTooLong as late:
            raise NotNow("The document took too long to make.") from late
        places = asked.vocabulary.scope
        return StoredReport.objects.create(
            member=member,
            filters=asked.filters.query(),
            places=None if places is None else sorted(places),
            language=language,
            result=freeze(scope),
            pdf=document,
            data_version=report.data_version,
            made_at=now,
        )


def period_of(stored: StoredReport) -> str:
    """The days that it is about, as it says them. Raises `reports.frozen.Unreadable`."""
    return thaw(bytes(stored.result)).days


def may_still_read(stored: StoredReport, member: Member) -> bool:
    """Whether the member's scope of today still covers the one in which it was made: whoever left, lost the role or
    a place no longer has it.
    """
    if not (member.is_active and may_read_reports(member)):
        return False
    if member.sees_everywhere:
        return True
    if stored.places is None:
        return False
    held = Location.objects.visible_to(member).filter(pk__in=stored.places)
    return held.count() == len(stored.places)
