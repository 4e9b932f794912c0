"""A survey's settings; copying it, putting it away and bringing it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import members
from organisation.queries import the_organisation
from organisation.rules import may_edit
from surveys.actions.lifecycle import (
    AddressTaken,
    SettledByPublishing,
    archive_survey,
    change_survey,
    copy_survey,
    restore_survey,
)
from surveys.forms.surveys import SettingsForm
from surveys.models import Survey
from surveys.views.pages import REFUSALS, said, survey_of, survey_page, told

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def change_settings(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    form = SettingsForm(
        request.POST or None,
        survey=survey,
        others=Survey.objects.exclude(pk=survey.pk),
        zone=the_organisation().time_zone,
        back=reverse("surveys:build", args=[survey.pk]),
    )
    if form.is_valid() and _change(request, survey, form):
        messages.success(request, _("The settings were saved."))
        return redirect("surveys:settings", survey.pk)
    return survey_page(request, survey, "settings", {"form": form}, status=422 if form.errors else 200)


@require_POST
@members(may_edit)
def archive(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    with told(request):
        archive_survey(survey=survey, by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” was archived.") % {"name": survey.name})
    return redirect("surveys:list")


@require_POST
@members(may_edit)
def restore(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = restore_survey(survey=survey_of(request, survey_id), by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” was restored.") % {"name": survey.name})
    return redirect("surveys:build", survey.pk)


@require_POST
@members(may_edit)
def copy(request: MemberRequest, survey_id: int) -> HttpResponse:
    made = copy_survey(survey=survey_of(request, survey_id), by=request.user, now=timezone.now())
    messages.success(request, _("This is the copy. The original stays as it is."))
    return redirect("surveys:build", made.pk)


def _change(request: MemberRequest, survey: Survey, form: SettingsForm) -> bool:
    """Whether the action took the settings; what it refuses stands in the form."""
    try:
        change_survey(survey=survey, settings=form.cleaned_data, by=request.user, now=timezone.now())
    except AddressTaken:
        form.add_error("slug", _("Another survey has this address."))
    except SettledByPublishing:
        form.add_error(
            None, _("The survey was published meanwhile: its address, purpose and promise are settled.")
        )
    except REFUSALS as refusal:
        form.add_error(None, said(refusal))
    return not form.errors
