"""Cards, posters and table tents to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cards.actions.printing import record_print_run
from cards.codes import code_of
from cards.enums import Paper
from cards.forms.printing import USUAL_COPIES, PrintForm
from cards.printing.bundles import zipped
from cards.printing.sheets import DoesNotFit, part_pdf, parts_of, preview_png, sides_by_size
from cards.printing.signs import poster_pdf, tent_pdf
from cards.queries.printing import print_runs
from cards.rules import may_print
from cards.views.pages import section_page
from organisation.access import members
from organisation.models import Location, Touchpoint
from organisation.text import shown_text
from surveys.models import Survey
from surveys.queries.sharing import link_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from cards.models import PrintRun
    from cards.printing.sheets import Part
    from organisation.access import MemberRequest
    from surveys.queries.sharing import Link

RUNS_ON_A_PAGE = 25
LONGEST_KEY = 9
PNG, PDF = "image/png", "application/pdf"


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_print)
def print_cards(request: MemberRequest) -> HttpResponse:
    """The runs so far, and the form for the next: of the survey chosen, or of the newest."""
    surveys = Survey.objects.visible_to(request.user).published().active().order_by("-pk")
    survey = _chosen(surveys, request.GET.get("survey", ""))
    form = _form(request, survey) if survey else None
    if request.method == "POST" and form and form.is_valid():
        run = record_print_run(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("The print run was recorded. Download its cards and print them."))
        return redirect("cards:print_run", run.pk)
    page = Paginator(print_runs(request.user), RUNS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"surveys": surveys, "survey": survey, "form": form, "page": page}
    return section_page(request, "print", "cards/print.html", context | _preview(request, survey))


@require_safe
@members(may_print)
def print_run(request: MemberRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    context = {
        "run": run,
        "parts": parts_of(run),
        "language": dict(settings.LANGUAGES).get(run.language, run.language),
        "codes": (code_of(run.pk, 1), code_of(run.pk, run.copies)),
    }
    return render(request, "cards/print_run.html", context)


@require_safe
@members(may_print)
def print_pdf(request: MemberRequest, run_id: int) -> HttpResponse:
    """One part of the run, the first where the address names none."""
    run = _run(request, run_id)
    part = {str(part.number): part for part in parts_of(run)}.get(request.GET.get("part", "1"))
    if part is None:
        raise Http404
    try:
        return _file(part_pdf(run, part, origin=_origin(request)), PDF, _name(run, part))
    except DoesNotFit:
        return _fits_no_more(request, run)


@require_safe
@members(may_print)
def print_zip(request: MemberRequest, run_id: int) -> HttpResponseBase:
    """All parts of the run, sent while they are made."""
    run = _run(request, run_id)
    origin = _origin(request)
    if not sides_by_size(run, origin=origin)[run.paper][run.per_page]:
        return _fits_no_more(request, run)
    files = ((_name(run, part), part_pdf(run, part, origin=origin)) for part in parts_of(run))
    response = StreamingHttpResponse(zipped(files), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{run.version.survey.slug}-{run.pk}.zip"'
    return response


@require_safe
@members(may_print)
def print_preview(request: MemberRequest) -> HttpResponse:
    """A card of what the address asks for, with a code that no card has."""
    surveys = Survey.objects.visible_to(request.user).published()
    survey = _chosen(surveys, request.GET.get("survey", ""))
    form = _asked_form(request, survey) if survey else None
    if form is None or not form.is_valid() or form.run is None:
        raise Http404
    return _file(preview_png(form.run, origin=form.origin), PNG, "card.png")


@require_safe
@members(may_print)
def poster(request: MemberRequest) -> HttpResponse:
    return _sign(request, poster_pdf, "poster")


@require_safe
@members(may_print)
def tent(request: MemberRequest) -> HttpResponse:
    return _sign(request, tent_pdf, "tent")


def _run(request: MemberRequest, run_id: int) -> PrintRun:
    return get_object_or_404(print_runs(request.user), pk=run_id)


def _name(run: PrintRun, part: Part) -> str:
    return f"{run.version.survey.slug}-{run.pk}-{part.first}-{part.last}.pdf"


def _fits_no_more(request: MemberRequest, run: PrintRun) -> HttpResponse:
    messages.error(request, _("The organisation’s name or logo has grown, so these cards fit no more."))
    return redirect("cards:print_run", run.pk)


def _chosen(surveys: Any, key: str) -> Survey | None:
    """The survey that the address names by its key; without one, the first. None where there is none."""
    if not key:
        return surveys.select_related("live_version").first()  # type: ignore[no-any-return]
    is_key = key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY
    return get_object_or_404(surveys, pk=int(key)) if is_key else None


def _form(request: MemberRequest, survey: Survey) -> PrintForm:
    data = request.POST if request.method == "POST" else None
    return PrintForm(
        data, initial=_asked(request, survey), member=request.user, survey=survey, origin=_origin(request)
    )


def _asked_form(request: MemberRequest, survey: Survey) -> PrintForm:
    """The form as the address fills it in."""
    return PrintForm(_asked(request, survey), member=request.user, survey=survey, origin=_origin(request))


def _asked(request: MemberRequest, survey: Survey) -> dict[str, Any]:
    """What the address asks for, and for the rest what is usual."""
    location = Location.objects.visible_to(request.user).open().order_by("-is_default", "name", "pk").first()
    touchpoint = (
        Touchpoint.objects.visible_to(request.user).open().order_by("-is_default", "name", "pk").first()
    )
    usual = {
        "version": survey.live_version_id,
        "location": location and location.pk,
        "touchpoint": touchpoint and touchpoint.pk,
        "language": survey.language,
        "paper": Paper.A4,
        "per_page": 1,
        "copies": USUAL_COPIES,
    }
    return usual | {name: shown_text(request.GET[name]) for name in usual if name in request.GET}


def _preview(request: MemberRequest, survey: Survey | None) -> dict[str, Any]:
    """Where the picture of a card is, or why there is none; and where its poster and its tent are."""
    form = _asked_form(request, survey) if survey else None
    if form is None or survey is None or not form.is_valid() or form.run is None:
        return {"refusals": [error for errors in form.errors.values() for error in errors] if form else []}
    run = form.run
    same = {"survey": survey.pk, "language": run.language, "paper": run.paper}
    asked = {"version": run.version_id, "location": run.location_id, "touchpoint": run.touchpoint_id}
    places = {"at": run.location.code, "tp": run.touchpoint.code}
    return {
        "preview_url": reverse("cards:print_preview", query={**same, **asked, "per_page": run.per_page}),
        "poster_url": reverse("cards:poster", query={**same, **places}),
        "tent_url": reverse("cards:tent", query={**same, **places}),
    }


def _sign(request: MemberRequest, made: Callable[..., bytes], name: str) -> HttpResponse:
    surveys = Survey.objects.visible_to(request.user).published()
    survey = _chosen(surveys, request.GET.get("survey", ""))
    if survey is None or survey.live_version_id is None:
        raise Http404
    link = _link(request, survey)
    paper = request.GET.get("paper", Paper.A4)
    if paper not in Paper.values:
        raise Http404
    content = made(
        survey.live_version_id, link, paper=paper, language=request.GET.get("language", survey.language)
    )
    return _file(content, PDF, f"{survey.slug}-{link.location.code}-{name}.pdf")


def _link(request: MemberRequest, survey: Survey) -> Link:
    """To the places that the address names by their codes; to the default ones where it names none."""
    location = get_object_or_404(Location.objects.visible_to(request.user), **_named(request, "at"))
    touchpoint = get_object_or_404(Touchpoint.objects.visible_to(request.user), **_named(request, "tp"))
    return link_to(survey, location=location, touchpoint=touchpoint, origin=_origin(request))


def _named(request: MemberRequest, name: str) -> dict[str, Any]:
    code = shown_text(request.GET.get(name, ""))
    return {"code": code} if code else {"is_default": True}


def _origin(request: MemberRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
