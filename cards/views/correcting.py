"""One card: everything that was keyed of it, and putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cards.actions.settling import NotInScores, correct_card
from cards.entries import BadCard, read_given
from cards.enums import CardState
from cards.forms.settling import CorrectionForm
from cards.models import Card
from cards.queries.keying import version_of
from cards.queries.screens import code_on
from cards.queries.settling import history_of
from cards.rules import may_oversee
from organisation.access import members

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_oversee)
def correct(request: MemberRequest, card_id: UUID) -> HttpResponse:
    cards = Card.objects.visible_to(request.user).select_related("batch__location", "first_by", "version")
    card = get_object_or_404(cards, pk=card_id)
    form = CorrectionForm(card, request.POST or None) if card.state == CardState.SETTLED else None
    if form and form.is_valid() and _correct(request, card, form):
        messages.success(request, _("Card %(number)d was corrected.") % {"number": card.number})
        return redirect("cards:correct", card.pk)
    context = {"card": card, "form": form, "history": history_of(card), "code": code_on(card)}
    return render(request, "cards/correct.html", context, status=422 if form and form.errors else 200)


def _correct(request: MemberRequest, card: Card, form: CorrectionForm) -> bool:
    """Whether the correction was taken; what is wrong with it stands in the form."""
    try:
        answers = read_given(version_of(card), form.given)
        correct_card(card=card, answers=answers, by=request.user, now=timezone.now())
    except BadCard as bad:
        form.add_error(None, bad.words)
    except NotInScores:
        form.add_error(None, _("This card is not in the scores any more."))
    return not form.errors
