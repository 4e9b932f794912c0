"""The responses of a survey: what is held or flagged and why, and what a member does about it.

Single responses are shown here, also where they are fewer than the minimum group: to editors and administrators
only (docs/decisions/0011).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.rules import may_edit
from scoring.actions import (
    delete_responses,
    hold_response,
    hold_responses,
    release_response,
    release_responses,
)
from scoring.choice import Choice, responses_of, with_reason
from scoring.enums import Reason, Which
from scoring.listing import page_of, row_of
from surveys.models import Response
from surveys.views.pages import survey_of, survey_page

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from organisation.models import Member
    from surveys.models import Survey
    from surveys.models.responses import ResponseQuerySet


@require_safe
@members(may_edit)
def responses(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey, choice = survey_of(request, survey_id), Choice.of(request.GET.dict())
    page = page_of(survey, choice)
    context = {
        "choice": choice,
        "page": page,
        "views": [
            {"label": which.label, "url": _url(survey, Choice(which)), "is_current": which is choice.which}
            for which in Which
        ],
        "reasons": Reason,
        "query": urlencode(choice.query()),
        "first_url": _url(survey, replace(choice, after=None)) if choice.after else "",
        "next_url": _url(survey, replace(choice, after=page.next)) if page.next else "",
    }
    return survey_page(request, survey, "responses", context)


@require_POST
@members(may_edit)
def release(request: MemberRequest, survey_id: int, response_id: UUID) -> HttpResponse:
    said = _("The response was released. It counts within seconds.")
    return _change(request, survey_id, response_id, release_response, said)


@require_POST
@members(may_edit)
def hold(request: MemberRequest, survey_id: int, response_id: UUID) -> HttpResponse:
    said = _("The response is held. It counts in no score until somebody releases it.")
    return _change(request, survey_id, response_id, hold_response, said)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def delete(request: MemberRequest, survey_id: int, response_id: UUID) -> HttpResponse:
    """Asks first, as this cannot be undone."""
    survey = survey_of(request, survey_id)
    response = get_object_or_404(responses_of(survey), pk=response_id)
    if request.method != "POST":
        context = {"survey": survey, "row": row_of(response, survey), "back_url": _back_url(request, survey)}
        return render(request, "surveys/builder/response_delete.html", context)
    chosen = responses_of(survey).filter(pk=response.pk)
    delete_responses(responses=chosen, subject=survey, by=request.user, now=timezone.now())
    messages.success(request, _("The response was deleted."))
    return redirect(_back_url(request, survey))


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def release_all(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Every held response with one reason; asks first, as it may be thousands."""
    survey, reason, chosen = _of_one_reason(request, survey_id)
    if request.method != "POST":
        return _ask(request, survey, reason, chosen.held().count(), is_release=True)
    released = release_responses(
        responses=chosen, subject=survey, by=request.user, now=timezone.now(), why=reason.value
    )
    said = ngettext("%(count)s response was released.", "%(count)s responses were released.", released)
    messages.success(request, said % {"count": number_format(released, force_grouping=True)})
    return redirect(_back_url(request, survey))


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def hold_all(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Every response that counts with one reason; asks first, likewise."""
    survey, reason, chosen = _of_one_reason(request, survey_id)
    if request.method != "POST":
        return _ask(request, survey, reason, chosen.filter(is_held=False).count(), is_release=False)
    held = hold_responses(
        responses=chosen, subject=survey, by=request.user, now=timezone.now(), why=reason.value
    )
    said = ngettext("%(count)s response is held.", "%(count)s responses are held.", held)
    messages.success(request, said % {"count": number_format(held, force_grouping=True)})
    return redirect(_back_url(request, survey))


class Change(Protocol):
    def __call__(self, *, response: Response, by: Member | None, now: datetime) -> Response: ...


def _change(
    request: MemberRequest, survey_id: int, response_id: UUID, action: Change, said: str
) -> HttpResponse:
    survey = survey_of(request, survey_id)
    response = get_object_or_404(responses_of(survey), pk=response_id)
    try:
        action(response=response, by=request.user, now=timezone.now())
    except Response.DoesNotExist as deleted:
        raise Http404 from deleted
    messages.success(request, said)
    return redirect(_back_url(request, survey))


def _of_one_reason(request: MemberRequest, survey_id: int) -> tuple[Survey, Reason, ResponseQuerySet]:
    survey, choice = survey_of(request, survey_id), Choice.of(request.GET.dict())
    if choice.reason is None:
        raise Http404
    return survey, choice.reason, with_reason(responses_of(survey), choice.reason)


def _ask(
    request: MemberRequest, survey: Survey, reason: Reason, count: int, *, is_release: bool
) -> HttpResponse:
    context = {
        "survey": survey,
        "reason": reason,
        "count": count,
        "is_release": is_release,
        "back_url": _back_url(request, survey),
    }
    return render(request, "surveys/builder/responses_at_once.html", context)


def _url(survey: Survey, choice: Choice) -> str:
    return reverse("scoring:responses", args=[survey.pk], query=choice.query())


def _back_url(request: MemberRequest, survey: Survey) -> str:
    """The list as it was when it was left, which every address here carries along."""
    return _url(survey, Choice.of(request.GET.dict()))
