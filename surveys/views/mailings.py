"""What is done with a mailing: look at its mail, try it, start, pause, resume, stop, discard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from organisation.access import members
from organisation.queries import the_organisation
from organisation.rules import may_edit
from surveys.actions.mailings import (
    discard_mailing,
    pause_mailing,
    resume_mailing,
    start_mailing,
    stop_mailing,
)
from surveys.actions.resending import send_doubtful_again
from surveys.actions.sending import send_sample
from surveys.inviting.letters import message_of, sample_of
from surveys.inviting.smtp import Fate
from surveys.models.mailings import MailingState
from surveys.queries.mailings import languages_of
from surveys.views.invitations import mailing_of, page_of
from surveys.views.pages import survey_page, told
from surveys.views.sharing import origin_of

if TYPE_CHECKING:
    from organisation.access import MemberRequest
    from surveys.inviting.letters import Letter
    from surveys.models import Mailing

# A mail brings its styles along, since mail programs load none.
MAIL_POLICY = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "frame-ancestors": [CSP.SELF]}


@require_safe
@members(may_edit)
def progress(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    """How far it is, for a page that asks every two seconds; the whole page once nothing moves any more."""
    found = mailing_of(request, survey_id, mailing_id)
    if found.state != MailingState.SENDING:
        return HttpResponseClientRefresh()
    context = {"survey": found.survey, **page_of(found)}
    return render(request, "surveys/builder/invitations_progress.html", context)


@require_safe
@members(may_edit)
def preview(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    found = mailing_of(request, survey_id, mailing_id)
    letter = _letter(request, found)
    sample = message_of(letter, to="anna@example.org", message_id="", organisation=the_organisation())
    context = {
        "mailing": found,
        "letter": letter,
        "sender": sample.from_email,
        "subject": sample.subject,
        "text": sample.body,
        "offered": languages_of(found.survey),
        "language": letter.language,
        "size": "desktop" if request.GET.get("as") == "desktop" else "phone",
    }
    return survey_page(request, found.survey, "invitations_preview", context)


@xframe_options_sameorigin
@csp_override(MAIL_POLICY)
@require_safe
@members(may_edit)
def mail(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    """The mail itself, as it stands in the preview's frame."""
    letter = _letter(request, mailing_of(request, survey_id, mailing_id))
    message = message_of(letter, to="anna@example.org", message_id="", organisation=the_organisation())
    page, _kind = message.alternatives[0]
    return HttpResponse(str(page))


@require_POST
@members(may_edit)
def test(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    """One mail to whoever asks for it. Its link leads nowhere, and it counts for nothing."""
    found = mailing_of(request, survey_id, mailing_id)
    outcome = send_sample(_letter(request, found), to=request.user.email)
    address = {"address": request.user.email, "said": outcome.said}
    if outcome.fate is Fate.TAKEN:
        messages.success(request, _("The mail is on its way to %(address)s.") % address)
    else:
        messages.error(request, _("The mail could not be sent: %(said)s") % address)
    return redirect("surveys:mailing_preview", survey_id, mailing_id)


@require_POST
@members(may_edit)
def start(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    found = mailing_of(request, survey_id, mailing_id)
    with told(request):
        start_mailing(mailing=found, origin=_origin(request), by=request.user, now=timezone.now())
        messages.success(request, _("The mails go out now."))
    return redirect("surveys:mailing", survey_id, mailing_id)


@require_POST
@members(may_edit)
def pause(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    with told(request):
        pause_mailing(mailing=mailing_of(request, survey_id, mailing_id), by=request.user, now=timezone.now())
        messages.success(request, _("Nothing goes out until you resume."))
    return redirect("surveys:mailing", survey_id, mailing_id)


@require_POST
@members(may_edit)
def resume(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    found = mailing_of(request, survey_id, mailing_id)
    with told(request):
        resume_mailing(mailing=found, origin=_origin(request), by=request.user, now=timezone.now())
        messages.success(request, _("The mails go out again."))
    return redirect("surveys:mailing", survey_id, mailing_id)


@require_POST
@members(may_edit)
def stop(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    with told(request):
        stop_mailing(mailing=mailing_of(request, survey_id, mailing_id), by=request.user, now=timezone.now())
        messages.success(request, _("The mailing was stopped. Links that are out stay good."))
    return redirect("surveys:mailing", survey_id, mailing_id)


@require_POST
@members(may_edit)
def send_again(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    found = mailing_of(request, survey_id, mailing_id)
    with told(request):
        send_doubtful_again(mailing=found, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("The doubtful mails go out again, but not to those who have answered or left meanwhile."),
        )
    return redirect("surveys:mailing", survey_id, mailing_id)


@require_POST
@members(may_edit)
def discard(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    with told(request):
        discard_mailing(
            mailing=mailing_of(request, survey_id, mailing_id), by=request.user, now=timezone.now()
        )
        messages.success(request, _("The mailing was discarded with its list."))
    return redirect("surveys:invitations", survey_id)


def _letter(request: MemberRequest, found: Mailing) -> Letter:
    offered = languages_of(found.survey)
    asked = request.GET.get("language", "")
    language = asked if asked in offered else found.survey.language
    return sample_of(found, language=language, origin=_origin(request))


def _origin(request: MemberRequest) -> str:
    return settings.SITE_URL or origin_of(request)
