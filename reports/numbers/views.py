"""A number of a report, opened: its page, and the counts behind it as a file."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.access import MemberRequest, members
from organisation.rules import may_edit, may_read_reports
from reports.numbers.page import number_at, number_csv, number_page
from reports.reading import ask, report_for
from reports.renderings import TYPES
from reports.views import refused, unreadable
from reports.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from reports.reading import Asked


@require_safe
@members(may_read_reports)
def number(request: MemberRequest) -> HttpResponse:
    asked = _asked(request)
    if asked.problems:
        return unreadable(request, asked, {})
    report = report_for(asked)
    found = number_at(asked, report, request.GET.get("of", ""))
    if found is None:
        context = {"report": report, "back_url": f"{reverse('reports:overview')}{asked.filters.url()}"}
        return render(request, "reports/number_absent.html", context, status=HTTPStatus.NOT_FOUND)
    context = {**number_page(asked, report, found, request.user), "may_edit": may_edit(request.user)}
    return render(request, "reports/number.html", context)


@require_safe
@members(may_read_reports)
def number_file(request: MemberRequest) -> HttpResponse:
    asked = _asked(request)
    if asked.problems:
        return refused(asked.problems)
    report = report_for(asked)
    found = number_at(asked, report, request.GET.get("of", ""))
    if found is None:
        raise Http404
    response = HttpResponse(number_csv(asked, report, found), content_type=TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{asked.filters.survey}-{found.path}.csv"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _asked(request: MemberRequest) -> Asked:
    """Raises Http404 where no survey can be read."""
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        raise Http404
    return ask(request.GET, vocabulary, now=timezone.now())
