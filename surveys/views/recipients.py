"""Whom a mailing invites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import members
from organisation.rules import may_edit
from organisation.text import shown_text
from surveys.actions.recipients import add_recipients, remove_recipient
from surveys.forms.mailings import RecipientsForm
from surveys.models import Invitation
from surveys.models.invitations import InvitationState
from surveys.queries.mailings import choices_for, recipients_matching
from surveys.views.invitations import mailing_of
from surveys.views.pages import survey_page, told

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from surveys.inviting.lists import Listed
    from surveys.models import Mailing

ROWS_ON_A_PAGE, FLAWS_SHOWN = 50, 100


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def recipients(request: MemberRequest, survey_id: int, mailing_id: int) -> HttpResponse:
    mailing = mailing_of(request, survey_id, mailing_id)
    form = RecipientsForm(
        request.POST or None, request.FILES or None, choices=choices_for(mailing.survey, request.user)
    )
    if form.is_valid() and form.listed:
        _add(request, mailing, form.listed)
        if not form.listed.refused:
            return redirect("surveys:recipients", survey_id, mailing_id)
    return _page(request, mailing, form)


@require_POST
@members(may_edit)
def remove(request: MemberRequest, survey_id: int, mailing_id: int, invitation_id: int) -> HttpResponse:
    mailing = mailing_of(request, survey_id, mailing_id)
    rows = Invitation.objects.visible_to(request.user).filter(mailing=mailing)
    with told(request):
        remove_recipient(
            invitation=get_object_or_404(rows, pk=invitation_id), by=request.user, now=timezone.now()
        )
        messages.success(request, _("The recipient was removed."))
    return redirect("surveys:recipients", survey_id, mailing_id)


def _add(request: MemberRequest, mailing: Mailing, listed: Listed) -> None:
    """Add the good ones and say so; what was refused stands on the page."""
    with told(request):
        known = add_recipients(
            mailing=mailing,
            recipients=listed.recipients.values(),
            by=request.user,
            now=timezone.now(),
        )
        added = len(listed.recipients) - len(known)
        said = [
            ngettext("%(count)d recipient was added.", "%(count)d recipients were added.", added)
            % {"count": added}
        ]
        if known:
            already = ngettext(
                "%(count)d was on the list already.", "%(count)d were on the list already.", len(known)
            )
            said.append(already % {"count": len(known)})
        messages.success(request, " ".join(said))


def _page(request: MemberRequest, mailing: Mailing, form: RecipientsForm) -> HttpResponse:
    words, state = (shown_text(request.GET.get(name, "")) for name in ("q", "state"))
    found = recipients_matching(mailing, request.user, words=words, state=state)
    is_refused = bool(form.errors) or bool(form.listed and form.listed.refused)
    context = {
        "mailing": mailing,
        "form": form,
        "listed": form.listed,
        "flaws": form.listed.flaws[:FLAWS_SHOWN] if form.listed else [],
        "page": Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "chosen": state,
        "states": InvitationState.choices,
        "erased": mailing.invitations.filter(email="").count(),
    }
    return survey_page(
        request, mailing.survey, "invitations_recipients", context, status=422 if is_refused else 200
    )
