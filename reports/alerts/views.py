"""Alerts of a member: how each stands, asking for one, pausing and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.queries import the_organisation
from organisation.rules import may_read_reports
from reports.alerts.actions import TooManyAlerts, add_alert, pause_alert, remove_alert, resume_alert
from reports.alerts.forms import AlertForm, initial_for
from reports.enums import AlertState
from reports.models import Alert
from reports.schedules.queries import about, in_words
from reports.schedules.views import asked_of, origin_of, refused
from reports.sections import form_page, section_page
from reports.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from reports.reading import Asked

TONES = {AlertState.RAISED: "warning", AlertState.CALM: "success"}


@require_safe
@members(may_read_reports)
def alerts(request: MemberRequest) -> HttpResponse:
    vocabulary, now = load_vocabulary(request.user), timezone.now()
    rows = [
        (alert, about(alert.filters, vocabulary, now=now), TONES.get(AlertState(alert.state), ""))
        for alert in Alert.objects.visible_to(request.user).order_by("-is_active", "name", "pk")
    ]
    return section_page(request, "alerts", {"rows": rows, "time_zone": the_organisation().time_zone})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def alert_new(request: MemberRequest) -> HttpResponse:
    asked = asked_of(request, request.GET)
    if asked is None or asked.problems:
        return refused(request, asked)
    form = AlertForm(request.POST or None, initial=initial_for(asked), back=reverse("reports:alerts"))
    if form.is_valid() and _added(request, form, asked):
        return redirect("reports:alerts")
    context = {"form": form, "heading": _("Be told when a score moves"), "about": in_words(asked)}
    return form_page(request, "alerts", context)


@require_POST
@members(may_read_reports)
def alert_pause(request: MemberRequest, alert_id: int) -> HttpResponse:
    pause_alert(alert=_own(request, alert_id), by=request.user, now=timezone.now())
    messages.success(request, _("Nobody looks at it until you resume."))
    return redirect("reports:alerts")


@require_POST
@members(may_read_reports)
def alert_resume(request: MemberRequest, alert_id: int) -> HttpResponse:
    resume_alert(alert=_own(request, alert_id), by=request.user, now=timezone.now())
    messages.success(request, _("It is looked at again within minutes."))
    return redirect("reports:alerts")


@require_POST
@members(may_read_reports)
def alert_remove(request: MemberRequest, alert_id: int) -> HttpResponse:
    remove_alert(alert=_own(request, alert_id), by=request.user, now=timezone.now())
    messages.success(request, _("The alert was removed."))
    return redirect("reports:alerts")


def _own(request: MemberRequest, alert_id: int) -> Alert:
    return get_object_or_404(Alert.objects.visible_to(request.user), pk=alert_id)


def _added(request: MemberRequest, form: AlertForm, asked: Asked) -> bool:
    try:
        add_alert(
            values=form.values(asked),
            origin=origin_of(request),
            language=get_language() or settings.LANGUAGE_CODE,
            by=request.user,
            now=timezone.now(),
        )
    except TooManyAlerts:
        form.add_error(None, _("You have as many alerts as one can have. Remove one first."))
        return False
    messages.success(request, _("It is looked at within minutes."))
    return True
