"""`/s/<slug>/`: asking, answering, thanking. A GET has no effect, ever; a POST writes one row."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metrics.questionnaire import straight_line, too_fast
from surveys.actions.responses import Submission, store_response
from surveys.answering import pages, places, tokens
from surveys.answering.answers import RESERVED, Answers, count_answered, read_answers
from surveys.answering.published import Published, published
from surveys.enums import Flag, Mode
from surveys.models import Version

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from surveys.answering.places import Address
    from surveys.answering.tokens import FormToken
    from surveys.models import Survey

REFERENCE = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        return _receive(request, slug)
    now = timezone.now()
    address = _address(slug, request.GET.get("at", ""), request.GET.get("tp", ""))
    version = _in_language(request, address.version_id, address.survey.language)
    if not address.survey.is_open(at=now):
        return _closed(address, version, now)
    token = _new_token(address, version, now)
    page = pages.survey_page(version, face=address.face, token=tokens.sign(token), place=address.place_name)
    return pages.public_response(page)


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    address = _address(slug)
    version = _in_language(request, address.version_id, address.survey.language)
    given = request.GET.get("r", "")
    page = pages.thanks_page(
        version, face=address.face, reference=given if REFERENCE.fullmatch(given) else ""
    )
    return pages.public_response(page)


@require_safe
def with_slash(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """`/s/<slug>` as people type it."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("answering:answer", args=[slug]) + (f"?{query}" if query else ""))


def _address(slug: str, location: str = "", touchpoint: str = "") -> Address:
    """Raises Http404 for a survey that is not published and for a code that nobody has."""
    found = places.address(slug, location, touchpoint)
    if found is None or found.location is None or found.touchpoint is None:
        raise Http404
    return found


def _in_language(request: HttpRequest, version_id: int, own: str) -> Published:
    version = published(version_id, own)
    language = pages.chosen_language(request, version.languages)
    return version if language == version.language else published(version_id, language)


def _receive(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    token = tokens.read(request.POST.get("token", ""))
    if token is not None:
        address = _address(slug, token.location, token.touchpoint)
        token = token if _is_version_of(token.version_id, address.survey) else None
    if token is None:
        address = _address(slug, request.GET.get("at", ""), request.GET.get("tp", ""))
    is_late = token is None or token.is_expired(now=now)
    version = _in_language(
        request, token.version_id if token else address.version_id, address.survey.language
    )
    # Whoever began while the survey was open may finish.
    if not address.survey.is_open(at=now if token is None or is_late else token.issued_at):
        return _closed(address, version, now)
    given = {name: values for name, values in request.POST.lists() if name not in RESERVED}
    read = read_answers(version, given)
    if read.errors:
        # Only whoever has to read them needs them in the page's language.
        with translation.override(version.language):
            read = read_answers(version, given)
    if token is None or is_late:
        return _ask_again(address, version, given, read.errors, token=token)
    if read.errors:
        return _show_errors(address, version, given, read.errors, token)
    submission = _submission(
        address, token, version, read, now=now, is_robot=bool(request.POST.get("website"))
    )
    store_response(submission=submission, answers=read)
    return _thank(request, address, version, token.submission)


def _is_version_of(version_id: int, survey: Survey) -> bool:
    try:
        return published(version_id, survey.language).survey_id == survey.pk
    except Version.DoesNotExist:
        return False


def _submission(
    address: Address, token: FormToken, version: Published, read: Answers, *, now: datetime, is_robot: bool
) -> Submission:
    assert address.location  # noqa: S101 (_address has looked)
    assert address.touchpoint  # noqa: S101
    seconds = (now - token.issued_at).total_seconds()
    flags = (
        (Flag.STRAIGHT_LINE if straight_line(read.ratings) else 0)
        | (Flag.TOO_FAST if too_fast(seconds, count_answered(read)) else 0)
        | (Flag.ROBOT if is_robot else 0)
    )
    return Submission(
        id=token.submission,
        version_id=version.version_id,
        location_id=address.location.id,
        touchpoint_id=address.touchpoint.id,
        mode=token.mode,
        received_on=address.location.day(now),
        received_at=None if version.is_anonymous else now,
        flags=flags,
    )


def _ask_again(
    address: Address,
    version: Published,
    given: dict[str, list[str]],
    errors: dict[str, str],
    *,
    token: FormToken | None,
) -> HttpResponse:
    """The page waited too long or its token is not ours: every answer comes back under a new token.

    An expired token keeps its submission, so that what was sent twice is still one row.
    """
    fresh = _new_token(address, version, timezone.now())
    if token is not None:
        fresh = replace(fresh, submission=token.submission, mode=token.mode)
    with translation.override(version.language):
        reason = _("This page was open for too long. Your answers are all here: please send them again.")
    return _show_errors(address, version, given, {"": reason, **errors}, fresh)


def _show_errors(
    address: Address,
    version: Published,
    given: dict[str, list[str]],
    errors: dict[str, str],
    token: FormToken,
) -> HttpResponse:
    page = pages.draw_form(
        version,
        face=address.face,
        token=tokens.sign(token),
        place=address.place_name,
        values=given,
        errors=errors,
    )
    return pages.public_response(page, status=422)


def _closed(address: Address, version: Published, now: datetime) -> HttpResponse:
    opens_at = address.survey.opens_at
    is_early = opens_at is not None and opens_at > now
    page = pages.draw_closed(version, face=address.face, opens_at=opens_at if is_early else None)
    return pages.public_response(page, status=403 if is_early else 410)


class SeeOther(HttpResponseRedirect):
    """To be fetched with GET, whatever the request was; so going back does not send again."""

    status_code = 303


def _thank(request: HttpRequest, address: Address, version: Published, submission: UUID) -> HttpResponse:
    query = f"?r={reference(submission)}"
    if version.language != address.survey.language:
        query += f"&lang={version.language}"
    return SeeOther(f"{request.path}thanks/{query}")


def reference(submission: UUID) -> str:
    """Eight letters and digits that a customer can read out: the start of the response's own key."""
    letters = base64.b32encode(submission.bytes).decode()
    return f"{letters[:4]}-{letters[4:8]}"


def _new_token(address: Address, version: Published, now: datetime) -> FormToken:
    location, touchpoint = address.location, address.touchpoint
    return tokens.issue(
        version_id=version.version_id,
        location=location.code if location else "",
        touchpoint=touchpoint.code if touchpoint else "",
        mode=Mode.LINK,
        now=now,
    )
