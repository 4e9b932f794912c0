"""Keying a card a second time. What is served here holds nothing of the first keying, nor whether the two agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cards.actions.keying import NotYours
from cards.actions.settling import NotWaiting, key_again
from cards.entries import BadBody, BadCard, read_body, read_given, read_key
from cards.models import Card
from cards.queries.keying import version_of
from cards.queries.screens import awaiting, second_screen
from cards.rules import may_key
from cards.views.keying import body_of, for_scripts, refused
from cards.views.pages import batch_of
from cards.words import screen_words
from organisation.access import members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.models import Batch
    from organisation.access import MemberRequest
    from organisation.models import Member


@require_safe
@never_cache
@members(may_key)
def second(request: MemberRequest, batch_id: int) -> HttpResponse:
    batch = batch_of(request, batch_id)
    screen = second_screen(batch, request.user)
    context = {"batch": batch, "screen": screen, "words": screen_words()}
    return render(request, "cards/second.html", context)


@require_POST
@never_cache
@for_scripts
@members(may_key)
def file_second(request: MemberRequest, batch_id: int) -> HttpResponse:
    batch = batch_of(request, batch_id)
    try:
        cards = read_body(body_of(request), request.user)
    except BadBody as bad:
        return JsonResponse({"error": bad.words}, status=bad.status)
    replies = [_file(batch, card, request.user) for card in cards]
    tally = {"counted": batch.counted, "awaiting": awaiting(batch, request.user).count()}
    return JsonResponse({"cards": replies, "tally": tally})


def _file(batch: Batch, sent: Mapping[str, object], by: Member) -> dict[str, Any]:
    try:
        return _key_again(batch, sent, by)
    except Card.DoesNotExist:
        return refused(sent, "other", _("This card is not in this batch."))
    except BadCard as bad:
        return refused(sent, bad.why, bad.words)
    except NotYours:
        return refused(sent, "other", _("You keyed this card yourself. Somebody else keys it a second time."))
    except NotWaiting:
        return refused(sent, "other", _("This card no longer waits for a second keying."))


def _key_again(batch: Batch, sent: Mapping[str, object], by: Member) -> dict[str, Any]:
    """The reply says only that it is stored."""
    card = Card.objects.get(batch=batch, pk=read_key(sent))
    # One may find a card blank that was keyed as something: a third person sees to it then.
    answers = read_given(version_of(card), sent.get("given"), may_be_blank=True)
    key_again(card=card, answers=answers, by=by, now=timezone.now())
    reply = {"state": "stored", "why": "", "reason": "", "again": False}
    return {"id": str(card.pk), "number": card.number, **reply}
