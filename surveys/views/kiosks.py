"""Setting up kiosks: how they behave, and the signed address of each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.rules import may_edit
from surveys.actions.kiosks import NoPin, change_kiosk, withdraw_kiosks
from surveys.forms.kiosks import KioskForm
from surveys.models import KioskRule
from surveys.queries.sharing import kiosk_link, qr_code
from surveys.views.pages import REFUSALS, said, survey_of, survey_page, told
from surveys.views.sharing import SharedLink, asked_places, chosen_places, origin_of, ways

if TYPE_CHECKING:
    from organisation.access import MemberRequest
    from organisation.models import Location, Touchpoint
    from surveys.models import Survey


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def share_kiosk(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    rule = KioskRule.objects.visible_to(request.user).filter(survey=survey).first()
    form = KioskForm(request.POST or None, rule=rule)
    if form.is_valid() and _change(request, survey, form):
        messages.success(request, _("The kiosk was saved."))
        return redirect("surveys:share_kiosk", survey.pk)
    context = {"form": form, "rule": rule, "ways": ways(survey, "share_kiosk"), **chosen_places(request)}
    if rule:
        places = [(location, context["touchpoint"]) for location in context["page"]]
        context["links"] = [_shared(request, survey, rule, *place) for place in places]
    return survey_page(request, survey, "share_kiosk", context, status=422 if form.errors else 200)


@require_POST
@members(may_edit)
def withdraw(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    get_object_or_404(KioskRule.objects.visible_to(request.user), survey=survey)
    with told(request):
        withdraw_kiosks(survey=survey, by=request.user, now=timezone.now())
        messages.success(request, _("The addresses were withdrawn. Below are the new ones."))
    return redirect("surveys:share_kiosk", survey.pk)


@require_safe
@members(may_edit)
def kiosk_qr(request: MemberRequest, survey_id: int) -> HttpResponse:
    """The code of a kiosk's address, to be read by the tablet that becomes the kiosk."""
    survey = survey_of(request, survey_id)
    rule = get_object_or_404(KioskRule.objects.visible_to(request.user), survey=survey)
    location, touchpoint = asked_places(request)
    link = kiosk_link(
        survey, location=location, touchpoint=touchpoint, origin=origin_of(request), edition=rule.edition
    )
    return HttpResponse(qr_code(link.url), content_type="image/svg+xml")


def _shared(
    request: MemberRequest, survey: Survey, rule: KioskRule, location: Location, touchpoint: Touchpoint
) -> SharedLink:
    link = kiosk_link(
        survey, location=location, touchpoint=touchpoint, origin=origin_of(request), edition=rule.edition
    )
    places = {"at": location.code, "tp": touchpoint.code}
    qr_url = reverse("surveys:kiosk_qr", args=[survey.pk], query=places)
    return SharedLink(f"kiosk-{location.code}", location.name, link, qr_url, downloads=[])


def _change(request: MemberRequest, survey: Survey, form: KioskForm) -> bool:
    """Whether the action took it; what it refuses stands in the form."""
    try:
        change_kiosk(survey=survey, **form.cleaned_data, by=request.user, now=timezone.now())
    except NoPin:
        form.add_error("pin", _("Without a PIN nobody could leave the kiosk."))
    except REFUSALS as refusal:
        form.add_error(None, said(refusal))
    return not form.errors
