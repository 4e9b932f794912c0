"""A number of a report or a breakdown, opened: its page, and the counts behind it as a file."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.access import MemberRequest, members
from organisation.rules import may_edit, may_read_reports
from reports.breakdown.address import ask_breakdown
from reports.breakdown.reading import breakdown_for
from reports.numbers.page import (
    OF_THE_BREAKDOWN,
    OF_THE_REPORT,
    Addresses,
    number_absent,
    number_at,
    number_csv,
    number_page,
)
from reports.renderings import TYPES
from reports.views import REPORTS, Source, refused, unreadable
from reports.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from reports.reading import Asked


class Kind(NamedTuple):
    """Of which numbers: how an address is read, and which addresses there are."""

    source: Source
    addresses: Addresses


REPORT = Kind(REPORTS, OF_THE_REPORT)
BREAKDOWN = Kind(Source(ask_breakdown, breakdown_for), OF_THE_BREAKDOWN)


@require_safe
@members(may_read_reports)
def number(request: MemberRequest) -> HttpResponse:
    return _page(request, REPORT)


@require_safe
@members(may_read_reports)
def number_file(request: MemberRequest) -> HttpResponse:
    return _file(request, REPORT)


@require_safe
@members(may_read_reports)
def breakdown_number(request: MemberRequest) -> HttpResponse:
    return _page(request, BREAKDOWN)


@require_safe
@members(may_read_reports)
def breakdown_number_file(request: MemberRequest) -> HttpResponse:
    return _file(request, BREAKDOWN)


def _page(request: MemberRequest, kind: Kind) -> HttpResponse:
    asked = _asked(request, kind)
    if asked.problems:
        return unreadable(request, asked, {})
    report = kind.source.report_for(asked)
    found = number_at(asked, report, request.GET.get("of", ""))
    if found is None:
        context = number_absent(asked, report, kind.addresses)
        return render(request, "reports/number_absent.html", context, status=HTTPStatus.NOT_FOUND)
    context = number_page(asked, report, found, request.user, kind.addresses)
    return render(request, "reports/number.html", {**context, "may_edit": may_edit(request.user)})


def _file(request: MemberRequest, kind: Kind) -> HttpResponse:
    asked = _asked(request, kind)
    if asked.problems:
        return refused(asked.problems)
    report = kind.source.report_for(asked)
    found = number_at(asked, report, request.GET.get("of", ""))
    if found is None:
        raise Http404
    response = HttpResponse(number_csv(asked, report, found), content_type=TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{asked.filters.survey}-{found.path}.csv"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _asked(request: MemberRequest, kind: Kind) -> Asked:
    """Raises Http404 where no survey can be read."""
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        raise Http404
    return kind.source.ask(request.GET, vocabulary, now=timezone.now())
