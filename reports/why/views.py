"""Why are scores as they are? What moves with overall, and what is said beside low scores."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.access import MemberRequest, members
from organisation.rules import may_read_reports
from reports.enums import ResultState
from reports.filter_bar import filter_bar
from reports.reading import ask
from reports.views import unreadable
from reports.vocabulary import load_vocabulary
from reports.why.page import why_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@members(may_read_reports)
def why(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        raise Http404
    asked = ask(request.GET, vocabulary, now=timezone.now())
    if asked.problems:
        return unreadable(request, asked, {"bar": filter_bar(asked), "url": asked.filters.url()})
    context = why_page(asked, request.user)
    failed = context["report"].state is ResultState.FAILED
    status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
    return render(request, "reports/why.html", context, status=status)
