"""The keying screen, and where its cards arrive. The screen itself is static/js/cards/."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cards.actions.batches import BatchClosed
from cards.actions.keying import CardKeyedBefore, KeyedAgainMeanwhile, NotYours, file_card
from cards.entries import BadBody, BadCard, desk_of, read_body, read_entry
from cards.enums import CardState
from cards.queries.screens import first_screen, moment, tally_of
from cards.rules import may_key, may_oversee, may_take_cards
from cards.views.pages import batch_of
from cards.words import screen_words
from organisation.access import members

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponseBase

    from cards.entries import Desk
    from cards.models import Card
    from organisation.access import MemberRequest

WORKER = Path(settings.BASE_DIR) / "static" / "js" / "cards" / "worker.js"

type View = Callable[..., HttpResponseBase]


def for_scripts(view: View) -> View:
    """A script that finds its member signed out is told so: it would only follow a redirect, and lose its cards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated and "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"error": _("Sign in again to send your cards.")}, status=401)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@never_cache
@members(may_key)
def key(request: MemberRequest, batch_id: int) -> HttpResponse:
    batch = batch_of(request, batch_id)
    if not may_take_cards(batch):
        return redirect("cards:batch", batch.pk)
    context = {
        "batch": batch,
        "screen": first_screen(batch, request.user),
        "words": screen_words(),
        "may_correct": may_oversee(request.user),
    }
    return render(request, "cards/key.html", context)


@require_POST
@never_cache
@for_scripts
@members(may_key)
def file_cards(request: MemberRequest, batch_id: int) -> HttpResponse:
    """Each card is a transaction of its own, so that one that is refused keeps no other back."""
    batch = batch_of(request, batch_id)
    try:
        cards = read_body(body_of(request), request.user)
    except BadBody as bad:
        return JsonResponse({"error": bad.words}, status=bad.status)
    desk = desk_of(batch, request.user)
    replies = [_file(desk, card) for card in cards]
    batch.refresh_from_db(fields=["counted", "keyed", "rejected"])
    return JsonResponse({"cards": replies, "tally": tally_of(batch)})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; its address says how far it reaches."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def body_of(request: HttpRequest) -> bytes:
    """Raises BadBody for one that is too long or breaks off."""
    try:
        return request.body
    except RequestDataTooBig:
        raise BadBody(_("That is too much at a time. Send fewer cards."), 413) from None
    except UnreadablePostError:
        raise BadBody(_("The cards did not arrive whole."), 400) from None


def refused(card: Mapping[str, object], why: str, words: str) -> dict[str, Any]:
    """The reply about a card that is not taken: it stays on the device, with the reason."""
    key = card.get("id")
    known = key if isinstance(key, str) else None
    return {"id": known, "state": "refused", "why": why, "reason": words, "again": False, "number": None}


def _file(desk: Desk, card: Mapping[str, object]) -> dict[str, Any]:
    try:
        filed = file_card(batch=desk.batch, entry=read_entry(desk, card), by=desk.by, now=timezone.now())
    except BadCard as bad:
        return refused(card, bad.why, bad.words)
    except CardKeyedBefore as before:
        return refused(card, "code", _where_and_when(before.card))
    except BatchClosed:
        return refused(card, "closed", _("The batch was closed. Ask a manager to open it again."))
    except KeyedAgainMeanwhile:
        words = _("Somebody has keyed this card a second time, so your first keying stays as it was.")
        return refused(card, "again", words)
    except (NotYours, IntegrityError):
        return refused(card, "other", _("This card is somebody else’s, or lies in another batch."))
    return _stored(filed)


def _stored(card: Card) -> dict[str, Any]:
    return {
        "id": str(card.pk),
        "state": "stored",
        "why": "",
        "reason": "",
        "again": card.state == CardState.AWAITING_SECOND,
        "number": card.number,
    }


def _where_and_when(card: Card) -> str:
    location = card.batch.location
    return _(
        "This card was keyed before: number %(number)d in batch %(batch)d of %(location)s, %(when)s, by %(who)s."
    ) % {
        "number": card.number,
        "batch": card.batch_id,
        "location": location.name,
        "when": moment(card.first_at, ZoneInfo(location.time_zone)),
        "who": card.first_by,
    }
