"""The breakdown's page and its scores for programs: one result behind each address."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from organisation.access import MemberRequest, members
from organisation.rules import may_edit, may_read_reports
from reports.absence import absence
from reports.addresses import in_short
from reports.breakdown.address import ask_breakdown
from reports.breakdown.charts import BREAKDOWN_CHARTS
from reports.breakdown.page import breakdown_bar, page
from reports.breakdown.reading import breakdown_for
from reports.breakdown.scores_json import breakdown_told
from reports.enums import ResultState
from reports.renderings import Kind, Look, render_chart
from reports.views import PICTURE_CSP, Source, kept_or_made
from reports.vocabulary import load_vocabulary, survey_choices

if TYPE_CHECKING:
    from reports.results import Report


@require_safe
@members(may_read_reports)
@in_short
def breakdown(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        return render(request, "reports/no_survey.html", {"may_edit": may_edit(request.user)})
    now = timezone.now()
    asked = ask_breakdown(request.GET, vocabulary, now=now)
    if asked.problems:
        context = {"bar": breakdown_bar(asked), "problems": asked.problems, "url": asked.filters.url()}
        return render(request, "reports/problem.html", context, status=HTTPStatus.BAD_REQUEST)
    result = breakdown_for(asked)
    context = {**page(asked, result), **absence(asked, request.user, now=now, only=None)}
    return render(request, "reports/breakdown.html", context, status=_status(result))


@require_safe
@members(may_read_reports)
def breakdown_scores(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        return JsonResponse({"state": ResultState.EMPTY.value, "rows": []})
    asked = ask_breakdown(request.GET, vocabulary, now=timezone.now())
    if asked.problems:
        errors = [problem._asdict() for problem in asked.problems]
        return JsonResponse({"errors": errors}, status=HTTPStatus.BAD_REQUEST)
    result = breakdown_for(asked)
    return JsonResponse(breakdown_told(result), status=_status(result))


@csp_override(PICTURE_CSP)
@require_safe
@members(may_read_reports)
def breakdown_chart(request: MemberRequest, name: str, kind: Kind) -> HttpResponseBase:
    """It can be about all surveys, so it is kept for the numbers of all."""
    look, what = Look.of(request.GET), (name, kind, *survey_choices(request.user))
    return kept_or_made(
        request,
        what,
        lambda scope: render_chart(scope, BREAKDOWN_CHARTS[name], kind, look),
        Source(ask_breakdown, breakdown_for),
    )


def _status(report: Report) -> HTTPStatus:
    failed = report.state is ResultState.FAILED
    return HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
