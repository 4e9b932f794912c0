"""Why are scores as they are? What moves with overall, and what is said beside low scores."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from organisation.access import MemberRequest, members
from organisation.rules import may_read_reports
from reports.absence import absence
from reports.addresses import in_short
from reports.enums import ResultState
from reports.filter_bar import filter_bar
from reports.reading import ask
from reports.renderings import Look, render_chart
from reports.views import PICTURE_CSP, Source, kept_or_made, unreadable
from reports.vocabulary import load_vocabulary, survey_choices
from reports.why.charts import WHY_CHARTS
from reports.why.page import why_page
from reports.why.reading import why_for, words_mark

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from reports.renderings import Kind


@require_safe
@members(may_read_reports)
@in_short
def why(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        raise Http404
    now = timezone.now()
    asked = ask(request.GET, vocabulary, now=now)
    if asked.problems:
        return unreadable(request, asked, {"bar": filter_bar(asked), "url": asked.filters.url()})
    result = why_for(asked, request.user)
    failed = result.state is ResultState.FAILED
    status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
    context = {**why_page(asked, result), **absence(asked, request.user, now=now)}
    return render(request, "reports/why.html", context, status=status)


@csp_override(PICTURE_CSP)
@require_safe
@members(may_read_reports)
def why_chart(request: MemberRequest, name: str, kind: Kind) -> HttpResponseBase:
    """That of words is kept for the comments as well: they come and go while the scores stand still."""
    look, slug = Look.of(request.GET), request.GET.get("survey")
    surveys = survey_choices(request.user) if name == "words" else ()
    asked_of = [survey.id for survey in surveys if slug in {survey.slug, None}]
    marks = [words_mark(asked_of)] if asked_of else []
    return kept_or_made(
        request,
        (name, kind, *marks),
        lambda scope: render_chart(scope, WHY_CHARTS[name], kind, look),
        Source(ask, lambda asked: why_for(asked, request.user)),
    )
