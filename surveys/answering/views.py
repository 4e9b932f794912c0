"""`/s/<slug>/`: asking, answering, thanking. A GET has no effect, ever; a POST writes one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from surveys.actions.responses import AnsweredOtherwise, store_response
from surveys.answering import pages, places
from surveys.answering.about import draw_about, drawn_about
from surveys.answering.onward import onward
from surveys.answering.references import sealed, unsealed
from surveys.answering.sending import (
    PlaceUnknown,
    address_of,
    new_token,
    places_of,
    read_sent,
    submission,
    version_for,
)
from surveys.answering.ways import LINK

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from surveys.answering.places import Address
    from surveys.answering.published import Published
    from surveys.answering.sending import Sent
    from surveys.answering.tokens import FormToken
    from surveys.answering.ways import Way


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, way: Way = LINK) -> HttpResponse:
    if request.method == "POST":
        return _receive(request, slug, way)
    try:
        return _ask(request, slug, way)
    except PlaceUnknown as unknown:
        return _unplaced(request, unknown.address, way)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str, way: Way = LINK) -> HttpResponse:
    if request.method == "POST":
        return _receive(request, slug, way)
    return HttpResponseRedirect(reverse(way.page, args=[slug]))


@require_safe
def thanks(request: HttpRequest, slug: str, way: Way = LINK) -> HttpResponse:
    address = places.address(slug, request.GET.get("at", ""))
    if address is None or address.location is None:
        # Whoever answered is thanked, whatever became of the place.
        address = address_of(slug)
    version = version_for(request, address, address.version_id)
    location, _touchpoint = places_of(address)
    page = pages.thanks_page(
        version,
        face=address.face,
        reference=unsealed(request.GET.get("r", "")),
        origins=address.origins,
        way=way,
        onward=onward(location.id, version.language),
    )
    return pages.public_response(page, origins=address.origins, way=way)


@require_safe
def with_slash(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """`/s/<slug>` as people type it."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("answering:answer", args=[slug]) + (f"?{query}" if query else ""))


def _ask(request: HttpRequest, slug: str, way: Way) -> HttpResponse:
    now = timezone.now()
    address = address_of(slug, request.GET.get("at", ""), request.GET.get("tp", ""))
    version = version_for(request, address, address.version_id)
    if not address.survey.is_open(at=now):
        return closed(address, version, now, way)
    if way.is_framed and "preview" in request.GET:
        slots = {"about": drawn_about(version.language)} if address.survey.is_review_form else {}
        page = pages.draw_form(version, face=address.face, slots=slots, is_preview=True, way=way)
    else:
        page = _empty_form(address, version, now, way)
    return pages.public_response(page, origins=address.origins, way=way)


def _empty_form(address: Address, version: Published, now: datetime, way: Way) -> str:
    return pages.survey_page(
        version,
        face=address.face,
        token=new_token(address, version, now, way),
        place=address.place_name,
        origins=address.origins,
        way=way,
        about=drawn_about(version.language) if address.survey.is_review_form else "",
    )


def _unplaced(request: HttpRequest, address: Address, way: Way) -> HttpResponse:
    """The address names a place that is not there: what is known of it leads on."""
    version = version_for(request, address, address.version_id)
    named = zip(("at", "tp"), places_of(address), strict=True)
    where = {name: place.code for name, place in named if not place.is_default}
    page = pages.draw_unplaced(version, face=address.face, where=where, way=way)
    return pages.public_response(page, status=404, origins=address.origins, way=way)


def _receive(request: HttpRequest, slug: str, way: Way) -> HttpResponse:
    sent = read_sent(request, slug, now=timezone.now(), way=way)
    if not sent.is_in_time:
        return closed(sent.address, sent.version, sent.at, way, given=sent.given)
    read, (contact, wrong) = sent.answers(), sent.contact()
    errors = read.errors | wrong
    if sent.token is None or sent.is_stale:
        return ask_again(sent, errors)
    if errors:
        return show_errors(sent, errors, sent.token)
    try:
        store_response(submission=submission(sent, sent.token, read), answers=read, contact=contact)
    except AnsweredOtherwise:
        return _offer_another(sent)
    return thank(request, sent, sent.token.submission)


def ask_again(sent: Sent, errors: dict[str, str]) -> HttpResponse:
    """The page waited too long, its token is not ours or its place is gone: every answer comes back under a new token."""
    with translation.override(sent.version.language):
        reason = (
            _("The place that you answered for is no longer there. Send again to answer without naming it.")
            if sent.is_place_lost
            else _("This page was open for too long. Your answers are all here: please send them again.")
        )
    return show_errors(sent, {"": reason, **errors}, sent.fresh_token())


def _offer_another(sent: Sent) -> HttpResponse:
    """Back, other answers, send: perhaps the next customer on the same tablet. A new submission, if they want it."""
    with translation.override(sent.version.language):
        reason = _(
            "Answers from this page have arrived already. To send these too, for another visit, send again."
        )
    return show_errors(sent, {"": reason}, new_token(sent.address, sent.version, sent.at, sent.way))


def show_errors(sent: Sent, errors: dict[str, str], token: FormToken) -> HttpResponse:
    slots = pages.slots_of(token, sent.address.place_name, sent.address.origins)
    is_review_form = sent.address.survey.is_review_form
    about = (
        draw_about(sent.version.language, sent.about, errors, is_saved=sent.way.is_invited)
        if is_review_form
        else SafeString()
    )
    page = pages.draw_form(
        sent.version,
        face=sent.address.face,
        slots={**slots, "about": about},
        values=sent.given,
        errors=errors,
        way=sent.way,
    )
    return pages.public_response(page, status=422, origins=sent.address.origins, way=sent.way)


def closed(
    address: Address,
    version: Published,
    now: datetime,
    way: Way,
    *,
    given: dict[str, list[str]] | None = None,
) -> HttpResponse:
    opens_on = address.opens_on(now)
    page = pages.draw_closed(version, face=address.face, opens_on=opens_on, given=given, way=way)
    return pages.public_response(page, status=403 if opens_on else 410, origins=address.origins, way=way)


class SeeOther(HttpResponseRedirect):
    """To be fetched with GET, whatever the request was; so going back does not send again."""

    status_code = 303


def thank(request: HttpRequest, sent: Sent, submission_id: UUID) -> HttpResponse:
    query = f"?r={sealed(submission_id)}"
    if sent.version.language != sent.address.survey.language:
        query += f"&lang={sent.version.language}"
    location, _touchpoint = places_of(sent.address)
    if not location.is_default:
        query += f"&at={location.code}"
    return SeeOther(f"{request.path.removesuffix('send/')}thanks/{query}")
