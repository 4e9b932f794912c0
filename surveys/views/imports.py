"""Importing answers from a file: send it, say what its columns hold, check, import."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from organisation.access import members
from organisation.rules import may_edit
from organisation.spreadsheets import as_text
from surveys import tasks
from surveys.actions.import_runs import NotNowError, path_of
from surveys.actions.imports import (
    AT_REST,
    add_import,
    ask_for_check,
    ask_for_import,
    give_up_import,
    map_import,
)
from surveys.answering.published import published
from surveys.forms.import_map import MapForm
from surveys.forms.imports import UploadForm
from surveys.importing.mapping import FileMap
from surveys.importing.places import known_locations, known_touchpoints
from surveys.importing.profiles import profile_file
from surveys.importing.suggestions import suggest
from surveys.importing.tables import UnreadableFileError
from surveys.importing.toml import write_toml
from surveys.queries.imports import (
    UNDER_WAY,
    earlier_import_of,
    facts_of,
    frequent_flaws_of,
    last_map_for,
    map_of,
    new_locations_of,
    runs_for,
    steps_of,
    tone_of,
)

if TYPE_CHECKING:
    from celery import Task
    from django.http import QueryDict

    from organisation.access import MemberRequest
    from surveys.models import ImportRun

ROWS_ON_A_PAGE = 50
# Looks without any row done after which a run may have lost its worker; a look a second.
QUIET = 30


@require_safe
@members(may_edit)
def imports(request: MemberRequest) -> HttpResponse:
    page = Paginator(runs_for(request.user), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(run, tone_of(run)) for run in page]
    return render(request, "surveys/imports/list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def import_new(request: MemberRequest) -> HttpResponse:
    initial = {"survey": request.GET.get("survey", "")}
    form = UploadForm(request.POST or None, request.FILES or None, member=request.user, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        run = add_import(
            survey=given["survey"],
            file=given["file"],
            said=given["map"],
            by=request.user,
            now=timezone.now(),
        )
        return redirect("surveys:import_map", run.pk)
    return render(request, "surveys/imports/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def import_map(request: MemberRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    if run.state not in AT_REST:
        return redirect("surveys:import_run", run.pk)
    try:
        form = _map_form(run, request.POST or None)
    except UnreadableFileError as error:
        return render(request, "surveys/imports/unreadable.html", {"run": run, "reason": str(error)})
    if not form.is_valid():
        context = {"run": run, "form": form, "steps": steps_of(run), "earlier": earlier_import_of(run)}
        return render(request, "surveys/imports/map.html", context)
    if "check" not in request.POST:
        map_import(run=run, said=form.result)
        messages.success(request, _("Kept. Here are the values of the columns that you chose."))
        return redirect("surveys:import_map", run.pk)
    return _start(request, map_import(run=run, said=form.result, and_check=True), tasks.check_import)


@require_safe
@members(may_edit)
def import_run(request: MemberRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    said = map_of(run)
    context = {
        "run": run,
        "steps": steps_of(run),
        "tone": tone_of(run),
        "facts": facts_of(run, said),
        "new_locations": new_locations_of(said) if said else [],
        "earlier": earlier_import_of(run),
        "frequent": frequent_flaws_of(run),
        "errors": Paginator(run.errors, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "progress": _progress(request, run),
        "may_be_mapped": run.state in AT_REST,
    }
    return render(request, "surveys/imports/run.html", context)


@require_safe
@members(may_edit)
def import_progress(request: MemberRequest, run_id: int) -> HttpResponse:
    """How far a worker is, for a page that asks every second; the whole page once it is through."""
    run = _run(request, run_id)
    progress = _progress(request, run)
    if progress is None:
        return HttpResponseClientRefresh()
    return render(request, "surveys/imports/progress.html", {"run": run, "progress": progress})


@require_POST
@members(may_edit)
def import_check(request: MemberRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    try:
        return _start(request, ask_for_check(run=run), tasks.check_import)
    except NotNowError as error:
        return _not_now(request, run, error)


@require_POST
@members(may_edit)
def import_start(request: MemberRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    try:
        asked = ask_for_import(run=run, skip_bad_rows="skip_bad_rows" in request.POST)
        return _start(request, asked, tasks.run_import)
    except NotNowError as error:
        return _not_now(request, run, error)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def import_give_up(request: MemberRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    if request.method != "POST":
        return render(request, "surveys/imports/give_up.html", {"run": run})
    try:
        give_up_import(run=run, by=request.user, now=timezone.now())
    except NotNowError as error:
        return _not_now(request, run, error)
    messages.success(request, _("The import was given up and its file removed."))
    return redirect("surveys:imports")


@require_safe
@members(may_edit)
def import_errors(request: MemberRequest, run_id: int) -> HttpResponse:
    """The bad rows as a file that a spreadsheet opens without taking anything in it for a formula."""
    run = _run(request, run_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bad-rows-{run.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Row"), _("Column"), _("Value"), _("Reason")])
    for error in run.errors:
        texts = (error["column"], error["value"], error["reason"])
        writer.writerow([error["row"] or "", *map(as_text, texts)])
    return response


@require_safe
@members(may_edit)
def import_toml(request: MemberRequest, run_id: int) -> HttpResponse:
    """The map, so that the command can do the same again."""
    run = _run(request, run_id)
    response = HttpResponse(write_toml(run.mapping), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="map-{run.pk}.toml"'
    return response


def _run(request: MemberRequest, run_id: int) -> ImportRun:
    return get_object_or_404(runs_for(request.user), pk=run_id)


def _map_form(run: ImportRun, data: QueryDict | None) -> MapForm:
    """Raises UnreadableFileError."""
    version = published(run.survey.live_version_id or 0, run.survey.language)
    said = map_of(run)
    profile = profile_file(path_of(run), said.file if said else FileMap())
    return MapForm(
        data,
        profile=profile,
        version=version,
        said=said or suggest(version, profile, last_map_for(run)),
        locations=known_locations(),
        touchpoints=known_touchpoints(),
    )


def _start(request: MemberRequest, run: ImportRun, task: Task) -> HttpResponse:
    if not tasks.hand_over(task, run.pk):
        messages.warning(request, _("No worker could be reached. Start again in a minute: nothing is lost."))
    return redirect("surveys:import_run", run.pk)


def _not_now(request: MemberRequest, run: ImportRun, error: NotNowError) -> HttpResponse:
    messages.error(request, str(error))
    return redirect("surveys:import_run", run.pk)


def _progress(request: MemberRequest, run: ImportRun) -> dict[str, object] | None:
    """What a page shows of a run that is under way. The page itself carries what it saw last and how often: a run
    that does not move has perhaps lost its worker, and may be started again.
    """
    if run.state not in UNDER_WAY:
        return None
    before, looks = (_number(request.GET.get(name)) for name in ("seen", "quiet"))
    quiet = looks + 1 if before == run.rows_done else 0
    return {"is_quiet": quiet >= QUIET, "query": f"seen={run.rows_done}&quiet={min(quiet, QUIET)}"}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
