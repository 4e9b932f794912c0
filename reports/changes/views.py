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
from organisation.views.pages import page_of
from reports.changes.actions import remove_process_change, save_process_change
from reports.changes.forms import ProcessChangeForm
from reports.models import ProcessChange
from reports.rules import may_note_changes

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_safe
@members(may_note_changes)
def changes(request: MemberRequest) -> HttpResponse:
    rows = ProcessChange.objects.visible_to(request.user).order_by("-changed_on", "-pk")
    rows = rows.select_related("survey", "region", "touchpoint", "written_by").prefetch_related("locations")
    page = page_of(rows, request)
    held = ProcessChange.objects.held_by(request.user).filter(pk__in=[change.pk for change in page])
    context = {
        "page": page,
        "held": set(held.values_list("pk", flat=True)),
        "places": _places(request),
    }
    return render(request, "reports/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_note_changes)
def add_change(request: MemberRequest) -> HttpResponse:
    """What the address says of a report stands in the form already."""
    form = ProcessChangeForm(request.POST or None, member=request.user, initial=_initial(request))
    return _edit(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_note_changes)
def change_change(request: MemberRequest, change_id: int) -> HttpResponse:
    form = ProcessChangeForm(request.POST or None, member=request.user, instance=_held(request, change_id))
    return _edit(request, form)


@require_POST
@members(may_note_changes)
def remove_change(request: MemberRequest, change_id: int) -> HttpResponse:
    remove_process_change(change=_held(request, change_id), by=request.user, now=timezone.now())
    messages.success(request, _("The note was removed."))
    return redirect("reports:changes")


def _edit(request: MemberRequest, form: ProcessChangeForm) -> HttpResponse:
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
    codes = set(request.GET.getlist("location"))
    places = Location.objects.visible_to(request.user) if codes else Location.objects.none()
    return {
        "survey": request.GET.get("survey"),
        "changed_on": organisation_day(timezone.now()),
        "region": request.GET.get("region"),
        "locations": [place.pk for place in places if place.code in codes],
        "touchpoint": request.GET.get("touchpoint"),
    }


def _places(request: MemberRequest) -> frozenset[int]:
    """The locations whose names the member may read."""
    return frozenset(Location.objects.visible_to(request.user).values_list("pk", flat=True))
