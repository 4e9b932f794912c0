"""Notes and review places: what stands beside the reviews on public pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.queries import organisation_day
from reviews.actions.pages import remove_page_part, save_page_part
from reviews.forms.pages import NoteForm, ReviewPlaceForm
from reviews.models import Note, ReviewPlace
from reviews.rules import may_moderate, may_write_everywhere
from reviews.views.pages import section_page

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_safe
@members(may_moderate)
def notes(request: MemberRequest) -> HttpResponse:
    rows = Note.objects.visible_to(request.user).select_related("location").order_by("-done_on", "-pk")[:200]
    return _list(request, "notes", rows)


@require_safe
@members(may_moderate)
def places(request: MemberRequest) -> HttpResponse:
    rows = ReviewPlace.objects.visible_to(request.user).select_related("location")
    rows = rows.order_by("position", "name", "pk")
    return _list(request, "places", rows)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def add_note(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    blank = Note(written_at=now, written_by=request.user, done_on=organisation_day(now))
    return _edit(request, NoteForm(request.POST or None, instance=blank, member=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def change_note(request: MemberRequest, note_id: int) -> HttpResponse:
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=note_id)
    return _edit(request, NoteForm(request.POST or None, instance=_own(request, note), member=request.user))


@require_POST
@members(may_moderate)
def remove_note(request: MemberRequest, note_id: int) -> HttpResponse:
    return _remove(request, get_object_or_404(Note.objects.visible_to(request.user), pk=note_id), "notes")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def add_place(request: MemberRequest) -> HttpResponse:
    return _edit(request, ReviewPlaceForm(request.POST or None, instance=ReviewPlace(), member=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def change_place(request: MemberRequest, place_id: int) -> HttpResponse:
    place = get_object_or_404(ReviewPlace.objects.visible_to(request.user), pk=place_id)
    form = ReviewPlaceForm(request.POST or None, instance=_own(request, place), member=request.user)
    return _edit(request, form)


@require_POST
@members(may_moderate)
def remove_place(request: MemberRequest, place_id: int) -> HttpResponse:
    place = get_object_or_404(ReviewPlace.objects.visible_to(request.user), pk=place_id)
    return _remove(request, place, "places")


def _list(request: MemberRequest, section: str, rows: QuerySet[Any]) -> HttpResponse:
    context = {section: rows, "may_write_everywhere": may_write_everywhere(request.user)}
    return section_page(request, section, f"reviews/{section}.html", context)


def _edit(request: MemberRequest, form: NoteForm | ReviewPlaceForm) -> HttpResponse:
    section = "notes" if isinstance(form, NoteForm) else "places"
    if form.is_valid() and _is_saved(request, form):
        messages.success(request, _("Saved. The public pages show it at once."))
        return redirect(f"reviews:{section}")
    context = {"form": form, "is_note": section == "notes", "part": form.instance}
    return section_page(request, section, "reviews/part.html", context, status=422 if form.errors else 200)


def _is_saved(request: MemberRequest, form: NoteForm | ReviewPlaceForm) -> bool:
    try:
        save_page_part(part=form.save(commit=False), by=request.user, now=timezone.now())
    except IntegrityError:
        form.add_error(None, _("The same was saved at this moment."))
    return not form.errors


def _remove(request: MemberRequest, part: Note | ReviewPlace, section: str) -> HttpResponse:
    remove_page_part(part=_own(request, part), by=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect(f"reviews:{section}")


def _own[P: Note | ReviewPlace](request: MemberRequest, part: P) -> P:
    """What stands everywhere is changed by those who see everywhere; the others may read it."""
    if part.location_id is None and not may_write_everywhere(request.user):
        raise PermissionDenied
    return part
