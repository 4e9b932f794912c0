"""From live to draft and from draft to live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import members
from organisation.rules import may_edit
from surveys.actions import drafts
from surveys.actions.publishing import NotReady, publish_draft
from surveys.forms.publishing import PublishForm
from surveys.models import Version
from surveys.queries.publishing import proposal_of
from surveys.views.pages import REFUSALS, said, survey_of, told

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from surveys.models import Survey
    from surveys.queries.publishing import Proposal


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def publish(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    draft = get_object_or_404(Version.objects.drafts().select_related("survey"), survey=survey)
    proposal = proposal_of(survey, draft)
    form = PublishForm(
        request.POST or None,
        reworded=[change.question for change in proposal.reworded],
        initial={"seen": proposal.fingerprint},
    )
    if form.is_valid() and _publish(request, survey, form):
        return redirect("surveys:share", survey.pk)
    return _page(request, survey, proposal, form)


@require_POST
@members(may_edit)
def start_draft(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    with told(request):
        drafts.start_draft(survey=survey, by=request.user, now=timezone.now())
    return redirect("surveys:build", survey.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def discard_draft(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Asks first, as this cannot be undone."""
    survey = survey_of(request, survey_id)
    if request.method != "POST":
        return render(request, "surveys/builder/discard.html", {"survey": survey})
    with told(request):
        drafts.discard_draft(survey=survey, by=request.user, now=timezone.now())
        messages.success(request, _("The draft was discarded. Customers see what they saw before."))
    return redirect("surveys:build", survey.pk)


def _publish(request: MemberRequest, survey: Survey, form: PublishForm) -> bool:
    """Whether the draft is live now; what the action refuses stands in the form."""
    try:
        version = publish_draft(
            survey=survey,
            answers=form.answers,
            seen=form.cleaned_data["seen"],
            by=request.user,
            now=timezone.now(),
        )
    except NotReady as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem.message)
    except REFUSALS as refusal:
        form.add_error(None, said(refusal))
    else:
        messages.success(request, _("Version %(number)s was published.") % {"number": version.number})
    return not form.errors


def _page(request: MemberRequest, survey: Survey, proposal: Proposal, form: PublishForm) -> HttpResponse:
    """The page shows the draft as it is now, so that is what the next confirmation is about."""
    context = {
        "survey": survey,
        "proposal": proposal,
        "form": form,
        "reworded": [
            (change, form[f"continuity-{change.question.measure.key}"]) for change in proposal.reworded
        ],
    }
    return render(request, "surveys/builder/publish.html", context, status=422 if form.errors else 200)
