"""What a kiosk asks for and sends: its page, its worker, answers, and whether a PIN is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from surveys.actions.responses import AnsweredOtherwise, store_response
from surveys.answering import kiosk_pages, kiosk_tokens
from surveys.answering.kiosk_sending import NotOurs, read_kept, read_leaving, submission
from surveys.answering.kiosk_tokens import KioskPass
from surveys.answering.scripts import public_script
from surveys.answering.sending import address_of, version_for
from surveys.models import KioskRule

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from surveys.answering.kiosk_sending import Kept, Leaving
    from surveys.answering.places import Address
    from surveys.answering.published import Published

# Wrong PINs at a place, and the seconds until one may try again.
TRIES, PAUSE = 5, 300


@require_safe
def kiosk(request: HttpRequest, slug: str) -> HttpResponse:
    k, now = request.GET.get("k", ""), timezone.now()
    place = kiosk_tokens.read_place(k)
    address = address_of(slug, place.location, place.touchpoint) if place else address_of(slug)
    if place is None or place.survey_id != address.survey.pk:
        return _unready(request, address, is_forged=True)
    if address.kiosk is None:
        return _unready(request, address, is_forged=False)
    if place.edition != address.kiosk.edition:
        return _withdrawn(request, address)
    version = version_for(request, address, address.version_id)
    if not address.survey.is_open(at=now):
        return _closed(address, version, now)
    kiosk_pass = KioskPass(address.version_id, place.location, place.touchpoint, now, place.edition)
    page = kiosk_pages.kiosk_page(version, address=address, kiosk=address.kiosk, kiosk_pass=kiosk_pass, k=k)
    return kiosk_pages.kiosk_response(page)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """From here rather than from among the static files, so that it may serve the kiosks' pages."""
    response = public_script(request, "js/kiosk-worker.js", seconds=0)
    response.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return response


@require_POST
def send(request: HttpRequest, slug: str) -> JsonResponse:
    """Stores what a kiosk kept. 2xx says that it may forget: it is stored. Whatever else, it keeps the answers."""
    try:
        kept = read_kept(request.body, slug, now=timezone.now())
    except NotOurs:
        return _refuse(400, "not from a kiosk of this survey")
    if not kept.is_in_time:
        return _refuse(410, "the survey was closed when this was answered")
    return _store(kept)


@require_POST
def leave(request: HttpRequest, slug: str) -> JsonResponse:
    """Whether the PIN is the survey's. A few tries at each place, then a pause."""
    try:
        leaving = read_leaving(request.body, slug)
    except NotOurs:
        return _refuse(400, "not from a kiosk of this survey")
    tried = f"kiosk-pin:{leaving.address.survey.pk}:{leaving.location}:{leaving.touchpoint}"
    tries = cache.get(tried, 0)
    if tries >= TRIES:
        return _refuse(429, "too many wrong PINs")
    # Counted before the PIN is looked at, which takes its time: many at once get no more tries than one by one.
    cache.set(tried, tries + 1, PAUSE)
    if not _is_right(leaving):
        return _refuse(403, "wrong PIN")
    cache.delete(tried)
    return JsonResponse({"is_right": True})


def _is_right(leaving: Leaving) -> bool:
    rule = KioskRule.objects.filter(survey=leaving.address.survey).first()
    return rule is not None and check_password(leaving.pin, rule.pin_hash)


def _store(kept: Kept) -> JsonResponse:
    read = kept.answers()
    if read.errors:
        return _refuse(422, "the answers do not fit the questions", fields=sorted(read.errors))
    try:
        is_new = store_response(submission=submission(kept, read), answers=read, contact=kept.contact())
    except AnsweredOtherwise:
        return _refuse(409, "other answers have arrived under this key")
    return JsonResponse({"is_new": is_new})


def _unready(request: HttpRequest, address: Address, *, is_forged: bool) -> HttpResponse:
    version = version_for(request, address, address.version_id)
    page = kiosk_pages.draw_unready(version, face=address.face, is_forged=is_forged)
    return kiosk_pages.kiosk_response(page, status=403 if is_forged else 409)


def _withdrawn(request: HttpRequest, address: Address) -> HttpResponse:
    version = version_for(request, address, address.version_id)
    return kiosk_pages.kiosk_response(
        kiosk_pages.draw_kiosk_withdrawn(version, face=address.face), status=410
    )


def _closed(address: Address, version: Published, now: datetime) -> HttpResponse:
    opens_on = address.opens_on(now)
    page = kiosk_pages.draw_kiosk_closed(version, face=address.face, opens_on=opens_on)
    return kiosk_pages.kiosk_response(page, status=403 if opens_on else 410)


def _refuse(status: int, reason: str, **more: list[str]) -> JsonResponse:
    """For the log: the device has its own words, in its own language."""
    return JsonResponse({"error": reason, **more}, status=status)
