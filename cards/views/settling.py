"""What waits for somebody else: two readings that differ, and comments that were left for later."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cards.actions.keying import NotYours
from cards.actions.settling import (
    BadChoice,
    NotInScores,
    NotWaiting,
    add_comment,
    reject_differing,
    settle_card,
)
from cards.enums import CardState, Rejection
from cards.forms.settling import CommentForm, SettlingForm
from cards.models import Card
from cards.queries.settling import comments_left, disagreement_of, number_in, to_settle
from cards.rules import may_key
from cards.views.pages import batch_of
from organisation.access import members

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from cards.models import Batch
    from cards.models.keying import CardQuerySet
    from organisation.access import MemberRequest


@require_safe
@members(may_key)
def settle(request: MemberRequest, batch_id: int) -> HttpResponse:
    """The next card on which two readings differ, of those that this member keyed neither time."""
    batch = batch_of(request, batch_id)
    return _settle_page(request, batch, _next(request, to_settle(batch, request.user)))


@require_POST
@members(may_key)
def settle_one(request: MemberRequest, batch_id: int, card_id: UUID) -> HttpResponse:
    batch = batch_of(request, batch_id)
    card = get_object_or_404(Card, batch=batch, pk=card_id)
    if card.state != CardState.DIFFERING:
        messages.info(request, _("This card does not wait to be settled any more."))
        return redirect("cards:settle", batch.pk)
    if (rejection := request.POST.get("rejected", "")) in Rejection.values:
        return _settled(request, card, partial(reject_differing, rejection=Rejection(rejection)))
    form = SettlingForm(disagreement_of(card), request.POST)
    if not form.is_valid():
        return _settle_page(request, batch, card, form)
    try:
        return _settled(request, card, partial(settle_card, chosen=form.chosen))
    except BadChoice as bad:
        form.errors.update(bad.errors)
        return _settle_page(request, batch, card, form)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_key)
def comment(request: MemberRequest, batch_id: int) -> HttpResponse:
    """The comments that were left for later, one card after the other."""
    batch = batch_of(request, batch_id)
    waiting = comments_left(batch)
    card = _next(request, waiting)
    if card is None or request.method != "POST":
        return _comment_page(request, batch, CommentForm(card) if card else None)
    form = CommentForm(card, request.POST)
    if not form.is_valid():
        return _comment_page(request, batch, form)
    try:
        add_comment(card=card, texts=form.cleaned_data, by=request.user, now=timezone.now())
    except NotInScores:
        messages.error(request, _("This card was rejected meanwhile."))
    return redirect("cards:comment", batch.pk)


def _settled(request: MemberRequest, card: Card, action: Callable[..., Card]) -> HttpResponse:
    """On to the next card, whether the action took this one or somebody was quicker. Raises BadChoice."""
    try:
        action(card=card, by=request.user, now=timezone.now())
    except (NotYours, NotWaiting):
        messages.error(request, _("This card is not yours to settle, or somebody was quicker."))
    return redirect("cards:settle", card.batch_id)


def _comment_page(request: MemberRequest, batch: Batch, form: CommentForm | None) -> HttpResponse:
    count = comments_left(batch).count()
    context = {"batch": batch, "card": form.card if form else None, "form": form, "count": count}
    return render(request, "cards/comment.html", context, status=422 if form and form.errors else 200)


def _settle_page(
    request: MemberRequest, batch: Batch, card: Card | None, form: SettlingForm | None = None
) -> HttpResponse:
    differing = Card.objects.filter(batch=batch).differing().count()
    own = to_settle(batch, request.user).count()
    form = form or (SettlingForm(disagreement_of(card)) if card else None)
    context = {
        "batch": batch,
        "card": card,
        "form": form,
        "count": own,
        "others": differing - own,
        "rejections": Rejection.choices,
    }
    return render(request, "cards/settle.html", context, status=422 if form and form.errors else 200)


def _next(request: MemberRequest, cards: CardQuerySet) -> Card | None:
    """The card whose number was sent, or the first one after `?after=`, or else the first of all."""
    if number := number_in(request.POST.get("number")):
        return cards.filter(number=number).first()
    after = number_in(request.GET.get("after"))
    return cards.filter(number__gt=after).first() or cards.first()
