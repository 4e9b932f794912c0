"""Notes of process changes: the list, and one to write, change or remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.models import Location
from organisation.queries import organisation_day
from organisation.text import shown_text
from organisation.views.pages import page_of
from reports.changes.actions import remove_process_change, save_process_change
from reports.changes.forms import ProcessChangeForm, typed
from reports.models import ProcessChange
from reports.rules import may_note_changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from organisation.access import MemberRequest

MOST_NAMED = 6


@require_safe
@members(may_note_changes)
def changes(request: MemberRequest) -> HttpResponse:
    rows = ProcessChange.objects.visible_to(request.user).order_by("-changed_on", "-pk")
    rows = rows.select_related("survey", "region", "touchpoint", "written_by").prefetch_related("locations")
    page = page_of(rows, request)
    places = _places(request, page)
    held = ProcessChange.objects.held_by(request.user).filter(pk__in=[change.pk for change in page])
    context = {
        "page": page,
        "rows": [(change, *_told(change, places)) for change in page],
        "held": set(held.values_list("pk", flat=True)),
    }
    return render(request, "reports/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_note_changes)
def add_change(request: MemberRequest) -> HttpResponse:
    """What the address says of a report stands in the form already."""
    return _edit(request, None, _initial(request))


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_note_changes)
def change_change(request: MemberRequest, change_id: int) -> HttpResponse:
    return _edit(request, _held(request, change_id), None)


@require_POST
@members(may_note_changes)
def remove_change(request: MemberRequest, change_id: int) -> HttpResponse:
    remove_process_change(change=_held(request, change_id), by=request.user, now=timezone.now())
    messages.success(request, _("The note was removed."))
    return redirect("reports:changes")


def _edit(
    request: MemberRequest, change: ProcessChange | None, initial: dict[str, Any] | None
) -> HttpResponse:
    """Looking for locations shows the form again with what stands in it, and saves nothing."""
    looks = "looks" in request.POST
    data, shown = (None, typed(request.POST)) if looks else (request.POST or None, initial)
    form = ProcessChangeForm(data, member=request.user, instance=change, initial=shown)
    if form.is_valid():
        save_process_change(
            change=form.save(commit=False),
            locations=list(form.cleaned_data["locations"]),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Saved. Trends show it at once."))
        return redirect("reports:changes")
    status = 422 if form.errors else 200
    return render(request, "reports/change.html", {"form": form, "change": form.instance}, status=status)


def _held(request: MemberRequest, change_id: int) -> ProcessChange:
    """Raises Http404 for one that holds nowhere of the member's, PermissionDenied where it holds elsewhere too."""
    change = get_object_or_404(ProcessChange.objects.visible_to(request.user), pk=change_id)
    if not ProcessChange.objects.held_by(request.user).filter(pk=change.pk).exists():
        raise PermissionDenied
    return change


def _initial(request: MemberRequest) -> dict[str, Any]:
    codes = {shown_text(code) for code in request.GET.getlist("location")}
    places = Location.objects.visible_to(request.user).filter(code__in=codes)
    return {
        "survey": request.GET.get("survey"),
        "changed_on": organisation_day(timezone.now()),
        "region": request.GET.get("region"),
        "locations": [place.pk for place in places],
        "touchpoint": request.GET.get("touchpoint"),
    }


def _told(change: ProcessChange, places: frozenset[int]) -> tuple[list[str], int]:
    """The names of the first locations of a note that the member may read, and how many more there are."""
    names = sorted(place.name for place in change.locations.all() if place.pk in places)
    return names[:MOST_NAMED], max(len(names) - MOST_NAMED, 0)


def _places(request: MemberRequest, page: Iterable[ProcessChange]) -> frozenset[int]:
    """The locations on a page whose names the member may read."""
    named = {place.pk for change in page for place in change.locations.all()}
    held = Location.objects.visible_to(request.user).filter(pk__in=named)
    return frozenset(held.values_list("pk", flat=True))
