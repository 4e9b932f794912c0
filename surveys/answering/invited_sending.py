"""What an invited customer sends: an unfinished form, to go on with later, or the answers, which use the invitation up."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from surveys.actions.invited import InvitationGone, InvitationUsed, finish_invitation, save_draft
from surveys.actions.responses import AnsweredOtherwise
from surveys.answering import invited_pages, pages
from surveys.answering.about import NAME, read_name
from surveys.answering.invited_pages import notice_page
from surveys.answering.sending import read_sent, submission
from surveys.answering.views import SeeOther, ask_again, closed, show_errors, thank
from surveys.answering.ways import INVITED
from surveys.answering.words import stored
from surveys.enums import Answer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from surveys.answering.answers import Answers
    from surveys.answering.sending import Sent
    from surveys.answering.tokens import FormToken


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse(INVITED.page, args=[slug]))
    sent = read_sent(request, slug, now=timezone.now(), way=INVITED)
    try:
        return pages.private(_finish(request, sent))
    except InvitationGone:
        return _given_back(invited_pages.LOST, sent)
    except (InvitationUsed, AnsweredOtherwise):
        return _given_back(invited_pages.USED, sent)


@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keeps what is answered so far: for the button, or for the script in the page, which asks for JSON."""
    sent = read_sent(request, slug, now=timezone.now(), way=INVITED)
    if request.headers.get("Accept", "") == "application/json":
        # The script has its own words.
        return pages.private(HttpResponse(status=_save_quietly(sent)))
    try:
        return pages.private(_save(sent))
    except InvitationGone:
        return _given_back(invited_pages.LOST, sent)
    except InvitationUsed:
        return _given_back(invited_pages.USED, sent)


def _finish(request: HttpRequest, sent: Sent) -> HttpResponse:
    """Raises InvitationGone, InvitationUsed, AnsweredOtherwise."""
    token, invitation = _invited_token(sent)
    if not sent.is_in_time:
        return closed(sent.address, sent.version, sent.at, INVITED, given=sent.given)
    read, (contact, wrong) = sent.answers(), sent.contact()
    errors = read.errors | wrong
    if sent.is_stale:
        return ask_again(sent, errors)
    if errors:
        return show_errors(sent, errors, token)
    row = submission(sent, token, read)
    finish_invitation(invitation_id=invitation, submission=row, answers=read, contact=contact, now=sent.at)
    return thank(request, sent, row.id)


def _save(sent: Sent) -> HttpResponse:
    """Raises InvitationGone, InvitationUsed."""
    token, invitation = _invited_token(sent)
    read = sent.unfinished_answers()
    if read.errors:
        return show_errors(sent, read.errors, token)
    _keep(sent, invitation, read)
    return SeeOther(f"{reverse('invited:saved', args=[sent.version.slug])}?lang={sent.version.language}")


def _save_quietly(sent: Sent) -> HTTPStatus:
    try:
        is_saved = _save(sent).status_code == HTTPStatus.SEE_OTHER
    except InvitationGone:
        return HTTPStatus.FORBIDDEN
    except InvitationUsed:
        return HTTPStatus.GONE
    return HTTPStatus.NO_CONTENT if is_saved else HTTPStatus.UNPROCESSABLE_ENTITY


def _keep(sent: Sent, invitation: int, read: Answers) -> None:
    given = stored(sent.version, read.ratings, read.answers)
    values = {key: values for key, values in given.items() if values != [Answer.BLANK]}
    # Not how to reach them: that is kept only with a consent, and nobody consents before sending.
    if values and (name := read_name(sent.about)):
        values[NAME] = [name]
    save_draft(
        invitation_id=invitation,
        version_id=sent.version.version_id,
        language=sent.version.language,
        values=values,
        now=sent.at,
    )


def _invited_token(sent: Sent) -> tuple[FormToken, int]:
    """Raises InvitationGone for a form that says nothing of an invitation."""
    if sent.token is None or sent.token.invitation is None:
        raise InvitationGone
    return sent.token, sent.token.invitation


def _given_back(notice: invited_pages.Notice, sent: Sent) -> HttpResponse:
    return notice_page(notice, language=sent.version.language, version=sent.version, given=sent.given)
