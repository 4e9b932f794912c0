"""`/s/<slug>/`: asking, answering, thanking. A GET has no effect, ever; a POST writes one row."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
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

    from surveys.answering.tokens import FormToken
    from surveys.models import Survey

REFERENCE = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    survey = _survey(slug)
    if request.method == "POST":
        return _receive(request, survey)
    now = timezone.now()
    version = published(survey.live_version_id or 0, survey.language)
    version = published(version.version_id, pages.chosen_language(request, version.languages))
    if not survey.is_open(at=now):
        return _closed(survey, version, now)
    token = _new_token(request, version, now)
    page = pages.survey_page(
        version.version_id, version.language, token=tokens.sign(token), place=_place_name(token)
    )
    return pages.public_response(page)


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    survey = _survey(slug)
    version = published(survey.live_version_id or 0, survey.language)
    version = published(version.version_id, pages.chosen_language(request, version.languages))
    reference = request.GET.get("r", "")
    reference = reference if REFERENCE.fullmatch(reference) else ""
    return pages.public_response(pages.draw_thanks(version, face=places.face(), reference=reference))


@require_safe
def with_slash(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """`/s/<slug>` as people type it."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("answering:answer", args=[slug]) + (f"?{query}" if query else ""))


def _survey(slug: str) -> Survey:
    survey = places.survey_named(slug)
    if survey is None or survey.live_version_id is None:
        raise Http404
    return survey


def _receive(request: HttpRequest, survey: Survey) -> HttpResponse:
    now = timezone.now()
    token = tokens.read(request.POST.get("token", ""))
    version = _version_begun(token, survey)
    version = published(version.version_id, pages.chosen_language(request, version.languages))
    if token is not None and token.version_id != version.version_id:
        token = None
    is_late = token is None or token.is_expired(now=now)
    # Whoever began while the survey was open may finish.
    if not survey.is_open(at=now if token is None or is_late else token.issued_at):
        return _closed(survey, version, now)
    given = {name: values for name, values in request.POST.lists() if name not in RESERVED}
    with translation.override(version.language):
        read = read_answers(version, given)
    if token is None or is_late:
        return _ask_again(request, version, given, read.errors, token=token)
    if read.errors:
        return _show_errors(version, given, read.errors, token)
    submission = _submission(token, version, read, now, is_robot=bool(request.POST.get("website")))
    store_response(submission=submission, answers=read)
    return _thank(survey, version, token.submission)


def _version_begun(token: FormToken | None, survey: Survey) -> Published:
    """The version that the customer began on, if it is this survey's; otherwise the live one."""
    if token is not None:
        try:
            begun = published(token.version_id, survey.language)
        except Version.DoesNotExist:
            begun = None
        if begun is not None and begun.survey_id == survey.pk:
            return begun
    return published(survey.live_version_id or 0, survey.language)


def _submission(
    token: FormToken, version: Published, read: Answers, now: datetime, *, is_robot: bool
) -> Submission:
    location, touchpoint = places.location(token.location), places.touchpoint(token.touchpoint)
    if location is None or touchpoint is None:
        raise Http404
    flags = (
        (Flag.STRAIGHT_LINE if straight_line(read.ratings) else 0)
        | (Flag.TOO_FAST if too_fast((now - token.issued_at).total_seconds(), count_answered(read)) else 0)
        | (Flag.ROBOT if is_robot else 0)
    )
    return Submission(
        id=token.submission,
        version_id=version.version_id,
        location_id=location.id,
        touchpoint_id=touchpoint.id,
        mode=token.mode,
        received_on=location.day(now),
        received_at=None if version.is_anonymous else now,
        flags=flags,
    )


def _ask_again(
    request: HttpRequest,
    version: Published,
    given: dict[str, list[str]],
    errors: dict[str, str],
    *,
    token: FormToken | None,
) -> HttpResponse:
    """The page waited too long or its token is not ours: every answer comes back under a new token.

    An expired token keeps its submission, so that what was sent twice is still one row.
    """
    fresh = _new_token(request, version, timezone.now())
    if token is not None:
        fresh = tokens.FormToken(
            token.submission,
            version.version_id,
            token.location,
            token.touchpoint,
            token.mode,
            fresh.issued_at,
        )
    with translation.override(version.language):
        reason = _("This page was open for too long. Your answers are all here: please send them again.")
    return _show_errors(version, given, {"": reason, **errors}, fresh)


def _show_errors(
    version: Published, given: dict[str, list[str]], errors: dict[str, str], token: FormToken
) -> HttpResponse:
    page = pages.draw_form(
        version,
        face=places.face(),
        token=tokens.sign(token),
        place=_place_name(token),
        values=given,
        errors=errors,
    )
    return pages.public_response(page, status=422)


def _closed(survey: Survey, version: Published, now: datetime) -> HttpResponse:
    opens_at = survey.opens_at if survey.opens_at and survey.opens_at > now else None
    page = pages.draw_closed(version, face=places.face(), opens_at=opens_at)
    return pages.public_response(page, status=410 if opens_at is None else 403)


def _thank(survey: Survey, version: Published, submission: UUID) -> HttpResponse:
    query = QueryDict(mutable=True)
    query["r"] = reference(submission)
    if version.language != survey.language:
        query["lang"] = version.language
    response = redirect(f"{reverse('answering:thanks', args=[survey.slug])}?{query.urlencode()}")
    response.status_code = 303
    return response


def reference(submission: UUID) -> str:
    """Eight letters and digits that a customer can read out: the start of the response's own key."""
    letters = base64.b32encode(submission.bytes).decode()
    return f"{letters[:4]}-{letters[4:8]}"


def _new_token(request: HttpRequest, version: Published, now: datetime) -> FormToken:
    """A token for the places that the address names. Raises Http404 for a code that nobody has."""
    location = places.location(request.GET.get("at", ""))
    touchpoint = places.touchpoint(request.GET.get("tp", ""))
    if location is None or touchpoint is None:
        raise Http404(_("The place that this address names is not known here."))
    return tokens.issue(
        version_id=version.version_id,
        location=location.code,
        touchpoint=touchpoint.code,
        mode=Mode.LINK,
        now=now,
    )


def _place_name(token: FormToken) -> str:
    location = places.location(token.location)
    return "" if location is None or location.is_default else location.name
