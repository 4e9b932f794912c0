"""What the builder's pages have in common: which survey, which tabs, and what went wrong in words."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from surveys.actions.building import NoSuchQuestion, TooManyQuestions
from surveys.actions.drafts import NoDraft, NothingToReturnTo, SurveyArchived
from surveys.actions.kiosks import NoPin
from surveys.actions.mailings import NothingToSend, NotInThisState, SurveyNotPublished
from surveys.actions.publishing import ChangedMeanwhile, NothingToPublish
from surveys.actions.recipients import AlreadyInvited, MailingEnded
from surveys.actions.resending import NothingDoubtful
from surveys.models import Survey
from surveys.queries.held import held_count, up_to_many
from surveys.queries.listing import state_of
from surveys.rules import may_be_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from organisation.access import MemberRequest

# By the name of their address. What is done with responses moves scores, so it is another room's page.
TABS: dict[str, _StrPromise] = {
    "surveys:build": _("Questions"),
    "surveys:preview": _("Preview"),
    "surveys:translate": _("Translations"),
    "surveys:settings": _("Settings"),
    "surveys:share": _("Share"),
    "surveys:invitations": _("Invitations"),
    "scoring:responses": _("Responses"),
}
SAID: dict[type[Exception], _StrPromise] = {
    TooManyQuestions: _(
        "A survey has at most 20 questions, because people leave long ones. Remove one to make room."
    ),
    NoDraft: _("There is no draft any more: somebody published or discarded it."),
    SurveyArchived: _("This survey is archived. Restore it to change it."),
    NothingToPublish: _("There is nothing to publish: the draft reads as the live version does."),
    ChangedMeanwhile: _("Somebody changed the draft while you looked at it. Look again."),
    NoPin: _("This survey has no kiosk."),
    NotInThisState: _("This mailing has moved on meanwhile. See where it stands now."),
    NothingToSend: _("Nobody is on the list yet. Add recipients first."),
    SurveyNotPublished: _("Publish the survey first: there is nothing that recipients could answer."),
    MailingEnded: _("This mailing was stopped. Make a new one to invite more people."),
    AlreadyInvited: _("This recipient was invited already and stays on the list."),
    NothingDoubtful: _("No mail of this mailing is in doubt any more."),
    NothingToReturnTo: _("This survey was never published, so its draft is all there is."),
}
REFUSALS = tuple(SAID)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    is_current: bool
    count: str = ""


def survey_of(request: MemberRequest, survey_id: int) -> Survey:
    surveys = Survey.objects.visible_to(request.user).select_related("live_version")
    return get_object_or_404(surveys, pk=survey_id)


def survey_page(
    request: MemberRequest, survey: Survey, tab: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """One tab of a survey; `tab` is the name of its template, too. `share_kiosk` is a page of the tab `share`."""
    shared = {
        "survey": survey,
        "state": state_of(survey, now=timezone.now()),
        "has_draft": survey.versions.drafts().exists(),
        "may_be_changed": may_be_changed(survey),
        "tabs": _tabs(survey, tab),
    }
    return render(request, f"surveys/builder/{tab}.html", shared | context, status=status)


def _tabs(survey: Survey, current: str) -> list[Tab]:
    """What is held waits for somebody, so it is counted wherever the survey is looked at."""
    held = held_count(survey)
    said = ngettext("%(count)s held", "%(count)s held", held) % {"count": up_to_many(held)} if held else ""
    return [
        Tab(
            label=str(label),
            url=reverse(name, args=[survey.pk]),
            is_current=name.partition(":")[2] == current.partition("_")[0],
            count=said if name == "scoring:responses" else "",
        )
        for name, label in TABS.items()
    ]


@contextmanager
def told(request: MemberRequest) -> Iterator[None]:
    """Turn what an action refuses into a message; a question that is not there is a page that is not there."""
    try:
        yield
    except REFUSALS as refusal:
        messages.error(request, said(refusal))
    except NoSuchQuestion as missing:
        raise Http404 from missing


def said(refusal: Exception) -> str:
    return str(SAID[type(refusal)])
