"""The mailings of a survey: which there are, how one is made, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import members
from organisation.queries import the_organisation
from organisation.rules import may_edit
from surveys.actions.mailings import CHANGEABLE, add_mailing, change_mailing
from surveys.forms.mailings import MailingForm, initial_for, initial_of
from surveys.models import Invitation, Mailing
from surveys.queries.mailings import TONES, figures_of, languages_of, mailings_of, tells_who_answered
from surveys.queries.participation import participation, participation_by_mailing
from surveys.views.pages import survey_of, survey_page, told

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from surveys.models import Survey

ROWS_ON_A_PAGE = 25


@require_safe
@members(may_edit)
def invitations(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    page = Paginator(mailings_of(survey, request.user), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    parts, minimum = participation_by_mailing(page), the_organisation().minimum_group
    rows = [
        (one, TONES[one.state], tells_who_answered(survey, parts[one.pk].reached, minimum))  # type: ignore[index]
        for one in page
    ]
    return survey_page(request, survey, "invitations", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def mailing_new(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    back = reverse("surveys:invitations", args=[survey.pk])
    form = _form(request, survey, back, initial_for(survey))
    if form.is_valid():
        made = add_mailing(survey=survey, values=form.values, by=request.user, now=timezone.now())
        messages.success(request, _("The mailing was saved. Now say whom to invite."))
        return redirect("surveys:recipients", survey.pk, made.pk)
    context = {"form": form, "heading": _("New mailing"), "up": back}
    return survey_page(request, survey, "invitations_form", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def change(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    found = mailing_of(request, survey_id, mailing_id)
    back = reverse("surveys:mailing", args=[survey_id, mailing_id])
    form = _form(request, found.survey, back, initial_of(found))
    if form.is_valid():
        with told(request):
            change_mailing(mailing=found, values=form.values, by=request.user, now=timezone.now())
            messages.success(request, _("The mailing was saved."))
        return redirect(back)
    context = {"form": form, "heading": found.name, "up": back}
    status = 422 if form.errors else 200
    return survey_page(request, found.survey, "invitations_form", context, status=status)


@require_safe
@members(may_edit)
def mailing(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    found = mailing_of(request, survey_id, mailing_id)
    return survey_page(request, found.survey, "invitations_mailing", page_of(found))


def mailing_of(request: MemberRequest, survey_id: int, mailing_id: int) -> Mailing:
    rows = Mailing.objects.visible_to(request.user).select_related(
        "survey__live_version", "location", "touchpoint"
    )
    return get_object_or_404(rows, pk=mailing_id, survey_id=survey_id)


def page_of(found: Mailing) -> dict[str, Any]:
    """What the page of a mailing shows, and the part of it that is asked for again while mails go out."""
    part, minimum = participation(Invitation.objects.filter(mailing=found)), the_organisation().minimum_group
    return {
        "mailing": found,
        "tone": TONES[found.state],  # type: ignore[index]
        "figures": figures_of(found, now=timezone.now()),
        "participation": part,
        "tells_who_answered": tells_who_answered(found.survey, part.reached, minimum),
        "minimum": minimum,
        "is_changeable": found.state in CHANGEABLE,
    }


def _form(request: MemberRequest, survey: Survey, back: str, initial: dict[str, Any]) -> MailingForm:
    return MailingForm(
        request.POST or None,
        member=request.user,
        languages=languages_of(survey),
        zone=the_organisation().time_zone,
        back=back,
        initial=initial,
    )
