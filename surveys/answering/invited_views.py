"""`/i/<token>/` and the form that it leads to. A GET has no effect, ever."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from surveys.answering import invited_pages, pages, places
from surveys.answering.about import NAME, draw_about, drawn_about
from surveys.answering.invited import invited_by, invited_with, sign_pass
from surveys.answering.invited_pages import notice_page
from surveys.answering.published import published
from surveys.answering.sending import address_of, new_token, version_for
from surveys.answering.views import SeeOther, closed
from surveys.answering.ways import INVITED

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from surveys.answering.invited import Invited
    from surveys.answering.places import Address
    from surveys.answering.published import Published
    from surveys.answering.tokens import FormToken

COOKIE = "invited"


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link: exchanged for a pass in the browser and an address that names nobody."""
    invited = invited_by(token)
    if invited is None:
        return notice_page(invited_pages.UNKNOWN, language=spoken(request))
    if invited.is_finished:
        return notice_page(invited_pages.USED, language=invited.language)
    if "anyway" not in request.GET and invited.is_unsubscribed:
        return notice_page(invited_pages.UNSUBSCRIBED, language=invited.language, url="?anyway=1")
    response = pages.private(SeeOther(reverse(INVITED.page, args=[invited.slug])))
    response.set_cookie(
        COOKIE,
        sign_pass(invited),
        path=reverse(INVITED.page, args=[invited.slug]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    invited = invited_with(request.COOKIES.get(COOKIE, ""), now=timezone.now())
    if invited is None or invited.slug != slug:
        return notice_page(invited_pages.LOST, language=spoken(request))
    if invited.is_finished:
        return notice_page(invited_pages.USED, language=invited.language)
    address = places.address(invited.slug, invited.location, invited.touchpoint)
    if address is None or address.location is None or address.touchpoint is None:
        return notice_page(invited_pages.UNKNOWN, language=invited.language)
    return _ask(request, invited, address)


@require_safe
def saved(request: HttpRequest, slug: str) -> HttpResponse:
    address = address_of(slug)
    language = version_for(request, address, address.version_id).language
    url = reverse(INVITED.page, args=[slug]) + f"?lang={language}"
    return notice_page(invited_pages.SAVED, language=language, url=url)


def _ask(request: HttpRequest, invited: Invited, address: Address) -> HttpResponse:
    now, version = timezone.now(), _version(request, invited, address)
    if not address.survey.is_open(at=now):
        return closed(address, version, now, INVITED)
    token = replace(new_token(address, version, now, INVITED), invitation=invited.id)
    return pages.invited_response(_form(invited, address, version, token))


def _form(invited: Invited, address: Address, version: Published, token: FormToken) -> str:
    """From memory, unless there are answers to be put into it."""
    is_review_form, place = address.survey.is_review_form, address.place_name
    if invited.begun is None:
        about = drawn_about(version.language, is_saved=True) if is_review_form else SafeString()
        return pages.survey_page(
            version, face=address.face, token=token, place=place, way=INVITED, about=about
        )
    values = {key: given for key, given in invited.begun.values.items() if key != NAME}
    name = {NAME: invited.begun.values.get(NAME, [])}
    about = draw_about(version.language, name, {}, is_saved=True) if is_review_form else SafeString()
    return pages.draw_form(
        version,
        face=address.face,
        slots={**pages.slots_of(token, place), "about": about},
        values=values,
        way=INVITED,
    )


def _version(request: HttpRequest, invited: Invited, address: Address) -> Published:
    """The version that was begun, else the one of today; in the language asked for, begun in, or invited in."""
    key = invited.begun.version_id if invited.begun else address.version_id
    begun_in = invited.begun.language if invited.begun else invited.language
    offered = published(key, invited.survey_language).languages
    asked = request.GET.get("lang", "")
    return published(key, asked if asked in offered else begun_in)


def spoken(request: HttpRequest) -> str:
    """The browser's language, where nothing says whom it is about."""
    return translation.get_language_from_request(request)
