"""Files of responses: ask for one, see how far it is, take it, remove it. For whom decision 11 shows single responses."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from organisation.access import members
from organisation.queries import organisation_day
from organisation.rules import may_edit
from reports.absence import absence
from reports.actions import MOST_AT_ONCE, MOST_ROWS, TooLong, TooManyAtOnce, ask_for_export, remove_export
from reports.addresses import in_short
from reports.enums import ExportKind, ExportState
from reports.exports.rows import responses_behind
from reports.filter_bar import filter_bar
from reports.models import ReportExport
from reports.numerals import count
from reports.reading import ask
from reports.tasks import make_export
from reports.vocabulary import load_vocabulary
from surveys.tasks import hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from organisation.access import MemberRequest
    from reports.reading import Asked

BLOCK = 1 << 16
TYPES = {
    ExportKind.CSV: "text/csv; charset=utf-8",
    ExportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportKind.SAV: "application/x-spss-sav",
    ExportKind.ZIP: "application/zip",
}
TONES = {ExportState.READY: "success", ExportState.FAILED: "error"}


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
@in_short
def exports(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        return render(request, "reports/no_survey.html", {"may_edit": may_edit(request.user)})
    asked = ask(request.GET, vocabulary, now=timezone.now())
    if asked.problems:
        context = {"bar": filter_bar(asked), "problems": asked.problems, "url": asked.filters.url()}
        return render(request, "reports/problem.html", context, status=HTTPStatus.BAD_REQUEST)
    if request.method == "POST":
        return _ask_for_one(request, asked)
    return render(request, "reports/exports.html", _context(request, asked))


@require_safe
@members(may_edit)
def export_progress(request: MemberRequest, export_id: UUID) -> HttpResponse:
    """How far a worker is, for a page that asks every second; the whole page anew once it is through."""
    export = _own(request, export_id)
    if not export.is_under_way:
        return HttpResponseClientRefresh()
    return render(request, "reports/export_progress.html", {"export": export})


@require_safe
@members(may_edit)
def export_file(request: MemberRequest, export_id: UUID) -> HttpResponseBase:
    export = _own(request, export_id)
    is_there = export.state == ExportState.READY and export.expires_at > timezone.now()
    if not (is_there and export.path.is_file()):
        raise Http404
    day = organisation_day(export.asked_at)
    response = StreamingHttpResponse(_blocks(export.path), content_type=TYPES[ExportKind(export.kind)])
    name = f"{slug_of(export)}-responses-{day}.{export.kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(export.path.stat().st_size)
    # Single responses: they stay in no cache, neither in a proxy's nor in the browser's.
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@members(may_edit)
def export_remove(request: MemberRequest, export_id: UUID) -> HttpResponse:
    remove_export(export=_own(request, export_id), by=request.user, now=timezone.now())
    messages.success(request, _("The file was removed."))
    return redirect("reports:exports")


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def slug_of(export: ReportExport) -> str:
    """The survey's address, which stands first in the stored one."""
    return export.filters.partition("&")[0].removeprefix("survey=")


def _own(request: MemberRequest, export_id: UUID) -> ReportExport:
    """Raises Http404 for a file of somebody else as for one that is not there."""
    return get_object_or_404(ReportExport.objects.visible_to(request.user), pk=export_id)


def _ask_for_one(request: MemberRequest, asked: Asked) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in ExportKind.values:
        messages.error(request, _("Choose what kind of file it is to be."))
        return redirect(request.get_full_path())
    try:
        export = ask_for_export(asked=asked, kind=ExportKind(kind), by=request.user, now=timezone.now())
    except (TooManyAtOnce, TooLong) as refused:
        messages.error(request, _refusal(refused))
        return redirect(request.get_full_path())
    if not hand_over(make_export, str(export.pk)):
        messages.warning(request, _("No worker could be reached. It is made as soon as one can be."))
    return redirect("reports:exports")


def _refusal(refused: TooManyAtOnce | TooLong) -> str:
    if isinstance(refused, TooManyAtOnce):
        return _("%(most)s of your files are not ready yet. Wait for one, or remove it.") % {
            "most": MOST_AT_ONCE
        }
    return _(
        "A spreadsheet or an SPSS file holds up to %(most)s responses here. Choose fewer days or places, or take the"
        " CSV or the ZIP."
    ) % {"most": count(MOST_ROWS)}


def _context(request: MemberRequest, asked: Asked) -> dict[str, Any]:
    bar = filter_bar(asked)
    rows = ReportExport.objects.visible_to(request.user).order_by("-asked_at", "-pk")
    return {
        # A dimension chooses questions, not responses; and nothing is compared here.
        "bar": replace(
            bar, selects=tuple(one for one in bar.selects if one.name != "dimension"), comparison=None
        ),
        "survey": asked.survey,
        "responses": responses_behind(asked).count(),
        "kinds": ExportKind.choices,
        "exports": [(one, TONES.get(ExportState(one.state), ""), _size(one)) for one in rows],
        "time_zone": asked.survey.time_zone,
        **absence(asked, request.user, now=timezone.now()),
    }


def _size(export: ReportExport) -> int | None:
    is_there = export.state == ExportState.READY and export.path.is_file()
    return export.path.stat().st_size if is_there else None
