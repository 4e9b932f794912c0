"""A survey on other websites: which ones may show it, and what is pasted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from organisation.access import members
from organisation.queries import the_organisation
from organisation.rules import may_edit
from organisation.text import shown_text
from surveys.actions.origins import allow_origin, withdraw_origin
from surveys.forms.kiosks import OriginForm
from surveys.models import AllowedOrigin
from surveys.queries.snippets import MODES, SECONDS, snippet_of
from surveys.views.pages import survey_of, survey_page, told
from surveys.views.sharing import asked_places, open_touchpoints, origin_of, ways

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from surveys.models import Survey
    from surveys.queries.snippets import Snippet

LONGEST_WAIT = 3600


@require_safe
@members(may_edit)
def share_website(request: MemberRequest, survey_id: int) -> HttpResponse:
    return _page(request, survey_of(request, survey_id), OriginForm(None))


@require_POST
@members(may_edit)
def allow(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    form = OriginForm(request.POST)
    if not form.is_valid():
        return _page(request, survey, form, status=422)
    with told(request):
        origin = form.cleaned_data["origin"]
        allow_origin(survey=survey, origin=origin, by=request.user, now=timezone.now())
        messages.success(request, _("%(origin)s may show this survey now.") % {"origin": origin})
    return redirect("surveys:share_website", survey.pk)


@require_POST
@members(may_edit)
def withdraw(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    origin = shown_text(request.POST.get("origin", ""))
    with told(request):
        withdraw_origin(survey=survey, origin=origin, by=request.user, now=timezone.now())
        messages.success(request, _("%(origin)s may no longer show this survey.") % {"origin": origin})
    return redirect("surveys:share_website", survey.pk)


@xframe_options_sameorigin
@require_safe
@members(may_edit)
def preview_website(request: MemberRequest, survey_id: int) -> HttpResponse:
    """A made-up page of a website, with the snippet in it. What is tried there is not stored."""
    survey = survey_of(request, survey_id)
    context = {"survey": survey, "snippet": _snippet(request, survey), "organisation": the_organisation()}
    return render(request, "surveys/builder/website_preview.html", context)


def _page(request: MemberRequest, survey: Survey, form: OriginForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "origins": AllowedOrigin.objects.visible_to(request.user).filter(survey=survey).in_order(),
        "snippet": _snippet(request, survey),
        "modes": _modes(),
        "ways": ways(survey, "share_website"),
        "touchpoints": open_touchpoints(request),
    }
    return survey_page(request, survey, "share_website", context, status=status)


def _snippet(request: MemberRequest, survey: Survey) -> Snippet:
    location, touchpoint = asked_places(request)
    asked, mode = request.GET.get("after", ""), request.GET.get("mode", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= len(str(LONGEST_WAIT))
    return snippet_of(
        survey,
        mode=mode if mode in MODES else MODES[0],
        after=min(int(asked), LONGEST_WAIT) if is_number else SECONDS,
        location=location,
        touchpoint=touchpoint,
        organisation=the_organisation(),
        origin=origin_of(request),
    )


def _modes() -> list[tuple[str, str, str]]:
    """Each mode with its name and what it is for."""
    return [
        ("button", _("Button"), _("A button that opens the survey over the page.")),
        ("inline", _("In the page"), _("The survey stands where the snippet is.")),
        ("timed", _("After some seconds"), _("It opens by itself, once in 30 days, never after an answer.")),
    ]
