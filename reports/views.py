"""The report's page, its charts and files, and its scores for programs: one result behind each address."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from organisation.access import MemberRequest, members
from organisation.rules import may_edit, may_read_reports
from press.alone import TookTooLong
from reports.absence import absence
from reports.addresses import in_short
from reports.chapters import marks_of_chapters, with_chapters_asked
from reports.charts import CHARTS
from reports.contents import names_in, scope_with
from reports.enums import ResultState
from reports.exports.scope import scope_of
from reports.filter_bar import filter_bar
from reports.keeping import keep_rendering, kept_rendering, mark_of
from reports.page import page
from reports.readers import note_reader
from reports.reading import ask, report_for
from reports.renderings import Kind, Look, Rendering, WholeKind, render_chart, render_report
from reports.scores_json import scores_of
from reports.vocabulary import load_vocabulary, survey_choices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reports.exports.scope import Scope
    from reports.filters import Problem
    from reports.reading import Asked
    from reports.results import Report

PLAIN = "text/plain; charset=utf-8"
# An SVG brings its own style; nothing in it runs, and nothing is loaded.
PICTURE_CSP = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "sandbox": ""}


class Source(NamedTuple):
    """How an address is read, what is made of it, and what goes into its file."""

    ask: Callable[..., Asked]
    report_for: Callable[[Asked], Report]
    scope_of: Callable[[Asked, Report], Scope] = scope_of


REPORTS = Source(ask, report_for)


@require_safe
@members(may_read_reports)
@in_short
def overview(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        return render(request, "reports/no_survey.html", {"may_edit": may_edit(request.user)})
    now = timezone.now()
    asked = ask(request.GET, vocabulary, now=now)
    if asked.problems:
        return unreadable(request, asked, {"bar": filter_bar(asked), "url": asked.filters.url()})
    report = report_for(asked)
    note_reader(request.user, language=get_language() or "", on=now.date())
    context = {**page(asked, report), **absence(asked, request.user, now=now)}
    context["may_edit"] = may_edit(request.user)
    return render(request, "reports/overview.html", context, status=_status(report))


@require_safe
@members(may_read_reports)
def wall(request: MemberRequest) -> HttpResponse:
    """The report for a screen on the wall: what is read from afar, and asked for anew by itself."""
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        return redirect("reports:overview")
    now = timezone.now()
    asked = ask(request.GET, vocabulary, now=now)
    if asked.problems:
        return unreadable(request, asked, {"bar": filter_bar(asked), "url": asked.filters.url()})
    report = report_for(asked)
    context = {**page(asked, report), "shown_at": now}
    return render(request, "reports/wall.html", context, status=_status(report))


@require_safe
@members(may_read_reports)
def scores(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        return JsonResponse({"state": ResultState.EMPTY.value, "dimensions": []})
    asked = ask(request.GET, vocabulary, now=timezone.now())
    if asked.problems:
        errors = [problem._asdict() for problem in asked.problems]
        return JsonResponse({"errors": errors}, status=HTTPStatus.BAD_REQUEST)
    report = report_for(asked)
    return JsonResponse(scores_of(report), status=_status(report))


@csp_override(PICTURE_CSP)
@require_safe
@members(may_read_reports)
def chart(request: MemberRequest, name: str, kind: Kind) -> HttpResponseBase:
    look = Look.of(request.GET)
    return kept_or_made(request, (name, kind), lambda scope: render_chart(scope, CHARTS[name], kind, look))


@require_safe
@members(may_read_reports)
def whole(request: MemberRequest, kind: WholeKind) -> HttpResponseBase:
    """The report in one file: all of it, or what the address names."""
    names, reader = names_in(request.GET), request.user
    source = Source(
        lambda *given, **more: with_chapters_asked(ask(*given, **more), names),
        report_for,
        lambda asked, report: scope_with(asked, report, names, reader),
    )
    marks = marks_of_chapters(names, request.GET, reader)
    try:
        return kept_or_made(
            request, ("report", kind, *marks), lambda scope: render_report(scope, kind), source
        )
    except TookTooLong:
        words = _(
            "The document took too long to make. Choose fewer days or places, or try again in a minute."
        )
        return HttpResponse(words, content_type=PLAIN, status=HTTPStatus.SERVICE_UNAVAILABLE)


def kept_or_made(
    request: MemberRequest,
    what: tuple[object, ...],
    make: Callable[[Scope], Rendering],
    source: Source = REPORTS,
) -> HttpResponseBase:
    """The file as it was kept for these numbers, else made anew; a browser that still has it is told so."""
    surveys, now = survey_choices(request.user), timezone.now()
    if not surveys:
        raise Http404
    mark = mark_of(what, request.GET, member=request.user, surveys=surveys, now=now)
    if unchanged := get_conditional_response(request, etag=f'"{mark}"'):
        return unchanged
    if kept := kept_rendering(mark):
        return _served(kept, mark)
    asked = source.ask(request.GET, load_vocabulary(request.user, surveys), now=now)
    return refused(asked.problems) if asked.problems else _made(asked, mark, make, source)


def _made(asked: Asked, mark: str, make: Callable[[Scope], Rendering], source: Source) -> HttpResponse:
    scope = source.scope_of(asked, source.report_for(asked))
    rendering = make(scope)
    if scope.has_failed:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(rendering.body, content_type=rendering.content_type, status=status)
    keep_rendering(mark, rendering)
    return _served(rendering, mark)


def _status(report: Report) -> HTTPStatus:
    failed = report.state is ResultState.FAILED
    return HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK


def _served(rendering: Rendering, mark: str) -> HttpResponse:
    """The browser keeps it and asks each time whether it still holds."""
    headers = {
        "ETag": f'"{mark}"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="{rendering.file_name}"',
    }
    return HttpResponse(rendering.body, content_type=rendering.content_type, headers=headers)


def unreadable(request: MemberRequest, asked: Asked, context: Mapping[str, Any]) -> HttpResponse:
    """What is wrong with the address, and the report with what could be read of it."""
    url = f"{reverse('reports:overview')}{asked.filters.url()}"
    said = {"problems": asked.problems, "url": url, **context}
    return render(request, "reports/problem.html", said, status=HTTPStatus.BAD_REQUEST)


def refused(problems: Sequence[Problem]) -> HttpResponse:
    lines = "".join(f"{problem.parameter}: {problem.message}\n" for problem in problems)
    return HttpResponse(lines, content_type=PLAIN, status=HTTPStatus.BAD_REQUEST)
