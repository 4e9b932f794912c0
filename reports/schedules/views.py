"""Schedules: which there are, setting one up from a report, changing, pausing and removing it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.models import Member
from organisation.rules import may_read_reports
from reports.contents import names_in
from reports.filter_bar import filter_bar
from reports.models import Schedule
from reports.reading import ask
from reports.schedules.actions import (
    OneIsOnItsWay,
    TooManySchedules,
    add_schedule,
    change_schedule,
    pause_schedule,
    remove_schedule,
    resume_schedule,
    send_one_now,
)
from reports.schedules.forms import ScheduleForm, initial_for, initial_of
from reports.schedules.queries import in_words, readers, schedule_rows, turns_of
from reports.sections import ask_page, form_page, section_page
from reports.storing import CannotBeRead
from reports.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from reports.reading import Asked


@require_safe
@members(may_read_reports)
def schedules(request: MemberRequest) -> HttpResponse:
    rows = schedule_rows(request.user, load_vocabulary(request.user), now=timezone.now())
    return section_page(request, "schedules", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def schedule_new(request: MemberRequest) -> HttpResponse:
    asked = asked_of(request, request.GET)
    if asked is None or asked.problems:
        return refused(request, asked)
    form = _form(request, asked, _("Set it up"), initial_for(asked, request.user, names_in(request.GET)))
    if form.is_valid() and _added(request, form, asked):
        return redirect("reports:schedules")
    context = {"form": form, "heading": _("Send a report regularly"), "about": in_words(asked)}
    return form_page(request, "schedules", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def schedule(request: MemberRequest, schedule_id: int) -> HttpResponse:
    found = schedule_of(request, schedule_id)
    asked = asked_of(request, QueryDict(found.filters))
    if asked is None or asked.problems:
        return refused(request, asked)
    form = _form(request, asked, _("Save schedule"), initial_of(found, asked), found)
    if form.is_valid():
        change_schedule(schedule=found, wish=form.wish(asked), by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” was saved.") % {"name": found})
        return redirect("reports:schedules")
    context = {"form": form, "heading": found.name, "about": in_words(asked), "schedule": found}
    return form_page(request, "schedules", {**context, "turns": turns_of([found])}, "schedule")


@require_POST
@members(may_read_reports)
def schedule_now(request: MemberRequest, schedule_id: int) -> HttpResponse:
    """One to whoever presses the button, and to nobody else."""
    found = schedule_of(request, schedule_id)
    try:
        send_one_now(schedule=found, by=request.user, now=timezone.now())
    except OneIsOnItsWay:
        messages.error(request, _("The one that you asked for before is still on its way."))
    except CannotBeRead:
        messages.error(request, _("You can no longer read all of it, so none can be sent to you."))
    else:
        said = _("One is on its way to %(address)s. The others get theirs at the usual time.")
        messages.success(request, said % {"address": request.user.email})
    return redirect("reports:schedule", schedule_id)


@require_POST
@members(may_read_reports)
def schedule_pause(request: MemberRequest, schedule_id: int) -> HttpResponse:
    pause_schedule(schedule=schedule_of(request, schedule_id), by=request.user, now=timezone.now())
    messages.success(request, _("Nothing goes out until you resume."))
    return redirect("reports:schedules")


@require_POST
@members(may_read_reports)
def schedule_resume(request: MemberRequest, schedule_id: int) -> HttpResponse:
    resume_schedule(schedule=schedule_of(request, schedule_id), by=request.user, now=timezone.now())
    messages.success(request, _("It goes out again, from the next time on."))
    return redirect("reports:schedules")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def schedule_remove(request: MemberRequest, schedule_id: int) -> HttpResponse:
    """Asked once: it cannot be brought back."""
    found = schedule_of(request, schedule_id)
    if request.method == "POST":
        remove_schedule(schedule=found, by=request.user, now=timezone.now())
        messages.success(request, _("The schedule was removed. What it has sent stays."))
        return redirect("reports:schedules")
    consequences = [
        _("Nobody gets it any more. What it has sent stays."),
        _("To stop it for a while, pause it instead."),
    ]
    question, deed = _("Remove “%(name)s”?") % {"name": found}, _("Remove schedule")
    return ask_page(request, "schedules", question=question, deed=deed, consequences=consequences)


def schedule_of(request: MemberRequest, schedule_id: int) -> Schedule:
    return get_object_or_404(Schedule.objects.visible_to(request.user), pk=schedule_id)


def refused(request: MemberRequest, asked: Asked | None) -> HttpResponse:
    """There is no survey yet, or the address names what cannot be read."""
    if asked is None:
        return render(request, "reports/no_survey.html", {"may_edit": False})
    context = {"bar": filter_bar(asked), "problems": asked.problems, "url": asked.filters.url()}
    return render(request, "reports/problem.html", context, status=HTTPStatus.BAD_REQUEST)


def origin_of(request: MemberRequest) -> str:
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def asked_of(request: MemberRequest, query: QueryDict) -> Asked | None:
    vocabulary = load_vocabulary(request.user)
    return ask(query, vocabulary, now=timezone.now()) if vocabulary.surveys else None


def _form(
    request: MemberRequest,
    asked: Asked,
    submit: str,
    initial: dict[str, object],
    schedule: Schedule | None = None,
) -> ScheduleForm:
    offered = readers(request.user)
    if schedule:  # whoever gets it already may go on getting it
        held = Q(pk__in=offered.values("pk")) | Q(pk__in=schedule.recipients.values("member"))
        offered = Member.objects.filter(held).order_by("email")
    back = reverse("reports:schedules")
    given = request.POST or None
    return ScheduleForm(given, initial=initial, asked=asked, offered=offered, submit=submit, back=back)


def _added(request: MemberRequest, form: ScheduleForm, asked: Asked) -> bool:
    try:
        made = add_schedule(
            wish=form.wish(asked),
            origin=origin_of(request),
            language=get_language() or settings.LANGUAGE_CODE,
            by=request.user,
            now=timezone.now(),
        )
    except TooManySchedules:
        form.add_error(None, _("You have as many schedules as one can have. Remove one first."))
        return False
    messages.success(request, _("“%(name)s” goes out regularly now.") % {"name": made})
    return True
