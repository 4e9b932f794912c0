"""The ledger: lists of batches, one batch with its cards, opening, changing, closing and reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cards.actions.batches import (
    BatchClosed,
    CardsWait,
    NotBalanced,
    change_batch,
    close_batch,
    open_batch,
    reopen_batch,
)
from cards.enums import CardState
from cards.forms.batches import BatchFilter, ChangeBatchForm, OpenBatchForm
from cards.queries.batches import (
    SHELVES,
    Shelf,
    batches_on,
    card_rows,
    cards_of,
    keyer_tallies,
    shelf_counts,
    work_of,
)
from cards.rules import may_key, may_oversee
from cards.views.pages import batch_of, page_of, section_page
from organisation.access import members
from organisation.queries import organisation_day

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse, HttpResponseRedirect

    from cards.models import Batch
    from organisation.access import MemberRequest


@require_safe
@members(may_key)
def listing(request: MemberRequest) -> HttpResponse:
    today = organisation_day(timezone.now())
    asked = request.GET.get("shelf", "")
    shelf = Shelf(asked) if asked in set(Shelf) else Shelf.OPEN
    filters = BatchFilter(request.GET, reader=request.user)
    found = batches_on(shelf, request.user, today=today, location=filters.values["location"])
    context = {
        "page": page_of(found, request),
        "shelf": shelf,
        "shelves": _shelves(request, shelf, today),
        "filters": filters,
        "today": today,
    }
    return section_page(request, "batches", "cards/batches.html", context)


@require_safe
@members(may_key)
def batch(request: MemberRequest, batch_id: int) -> HttpResponse:
    found = batch_of(request, batch_id)
    asked = request.GET.get("state", "")
    state = asked if asked in CardState.values else ""
    page = page_of(cards_of(found, state=state), request)
    context = {
        "batch": found,
        "work": work_of(found, request.user),
        "page": page,
        "rows": card_rows(page.object_list),
        "state": state,
        "states": CardState.choices,
        "keyers": keyer_tallies(found),
        "oversees": may_oversee(request.user),
        "is_late": found.is_open and found.due_on < organisation_day(timezone.now()),
    }
    return render(request, "cards/batch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_key)
def new(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    oversees = may_oversee(request.user)
    form = OpenBatchForm(
        request.POST or None, by=request.user, today=organisation_day(now), oversees=oversees
    )
    if form.is_valid():
        opened = open_batch(**form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("Batch %(number)d is open.") % {"number": opened.pk})
        return redirect("cards:batch", opened.pk)
    context = {"form": form, "heading": _("Open a batch")}
    return render(request, "cards/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_key)
def change(request: MemberRequest, batch_id: int) -> HttpResponse:
    found = batch_of(request, batch_id)
    form = ChangeBatchForm(request.POST or None, batch=found, oversees=may_oversee(request.user))
    if form.is_valid():
        try:
            change_batch(batch=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except BatchClosed:
            messages.error(request, _("The batch is closed. Reopen it to change it."))
        return redirect("cards:batch", found.pk)
    context = {"form": form, "heading": _("Change batch %(number)d") % {"number": found.pk}, "batch": found}
    return render(request, "cards/form.html", context, status=422 if form.errors else 200)


@require_POST
@members(may_key)
def close(request: MemberRequest, batch_id: int) -> HttpResponseRedirect:
    found = batch_of(request, batch_id)
    try:
        close_batch(batch=found, by=request.user, now=timezone.now())
    except BatchClosed:
        messages.error(request, _("The batch is closed already."))
    except CardsWait as refused:
        messages.error(request, _still_waiting(refused.batch))
    except NotBalanced as refused:
        messages.error(request, _does_not_balance(refused.batch))
    else:
        messages.success(
            request, _("Batch %(number)d is closed: every card is accounted for.") % {"number": found.pk}
        )
    return redirect("cards:batch", found.pk)


@require_POST
@members(may_oversee)
def reopen(request: MemberRequest, batch_id: int) -> HttpResponseRedirect:
    found = batch_of(request, batch_id)
    reopen_batch(batch=found, by=request.user, now=timezone.now())
    messages.success(request, _("Batch %(number)d is open again.") % {"number": found.pk})
    return redirect("cards:batch", found.pk)


def _shelves(request: MemberRequest, current: Shelf, today: date) -> list[dict[str, object]]:
    counts = shelf_counts(request.user, today=today)
    return [
        {
            "label": label,
            "count": counts.get(shelf, 0),
            "url": f"?shelf={shelf.value}",
            "is_current": shelf is current,
        }
        for shelf, label in SHELVES.items()
    ]


def _does_not_balance(found: Batch) -> str:
    if found.left > 0:
        said = ngettext(
            "It does not balance: %(count)d card is missing. Find it, reject it, or count the stack again.",
            "It does not balance: %(count)d cards are missing. Find them, reject them, or count the stack again.",
            found.left,
        )
    else:
        said = ngettext(
            "It does not balance: there is %(count)d card more than was counted. Count the stack again.",
            "It does not balance: there are %(count)d cards more than were counted. Count the stack again.",
            -found.left,
        )
    return said % {"count": abs(found.left)}


def _still_waiting(found: Batch) -> str:
    said = ngettext(
        "%(count)d card waits to be keyed again or settled. Then the batch can close.",
        "%(count)d cards wait to be keyed again or settled. Then the batch can close.",
        found.waiting,
    )
    return said % {"count": found.waiting}
