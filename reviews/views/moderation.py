"""What customers want to be public, and what members decide about it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from organisation.access import members
from organisation.queries import organisation_day
from reviews.actions.handling import care_for_review, handle_reviews
from reviews.actions.moderation import NothingToRedact, hide_review, publish_reviews, redact_review
from reviews.actions.replies import reply_to_review
from reviews.enums import HiddenReason, ReviewState
from reviews.forms.moderation import CareForm, HideForm, RedactForm, ReplyForm
from reviews.models import Reply, Review
from reviews.queries.moderation import queue_of
from reviews.queries.rows import is_anonymous_comment
from reviews.rules import may_erase, may_moderate, may_see_originals
from reviews.seen import ChangedMeanwhile, Sight, mark_of
from reviews.views.pages import public_review_of, review_of, section_page
from scoring.choice import place_of
from surveys.models import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django import forms
    from django.http import HttpResponse

    from organisation.access import MemberRequest

STATES = [ReviewState.PENDING, ReviewState.PUBLISHED, ReviewState.HIDDEN]
MOST_AT_ONCE = 200


@require_safe
@members(may_moderate)
def queue(request: MemberRequest) -> HttpResponse:
    given = request.GET.get("state", "")
    state = ReviewState(given) if given in STATES else ReviewState.PENDING
    found = queue_of(request.user, state, after=place_of(request.GET.get("after", "")))
    url = reverse("reviews:queue")
    context = {
        "state": state,
        "queue": found,
        "states": [
            {"label": one.label, "url": f"{url}?state={one.value}", "is_current": one is state}
            for one in STATES
        ],
        "next_url": f"{url}?state={state.value}&after={found.next}" if found.next else "",
    }
    return section_page(request, "queue", "reviews/queue.html", context)


@require_POST
@members(may_moderate)
def publish_many(request: MemberRequest) -> HttpResponse:
    keys = request.POST.getlist("review")
    try:
        chosen = [UUID(key) for key in keys[:MOST_AT_ONCE]]
    except ValueError as wrong:
        raise BadRequest("These are no reviews.") from wrong
    now = timezone.now()
    # Of a list that was open for a while, what a colleague has hidden since stays hidden.
    rows = Review.objects.visible_to(request.user).pending().filter(pk__in=chosen)
    count = publish_reviews(reviews=rows, by=request.user, now=now, today=organisation_day(now))
    said = ngettext("%(count)s review was published.", "%(count)s reviews were published.", count)
    messages.success(request, said % {"count": count})
    return redirect("reviews:queue")


@require_safe
@members(may_moderate)
def review(request: MemberRequest, review_id: UUID) -> HttpResponse:
    return _review_page(request, review_of(request, review_id))


@require_POST
@members(may_moderate)
def publish(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, now = public_review_of(request, review_id), timezone.now()
    with _as_seen(request, found) as deed:
        rows, today = Review.objects.filter(pk=found.pk), organisation_day(now)
        publish_reviews(reviews=rows, by=request.user, now=now, today=today, seen=deed.seen)
        deed.said = _("The review was published.")
    return deed.answer()


@require_POST
@members(may_moderate)
def hide(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, form = public_review_of(request, review_id), HideForm(request.POST)
    if not form.is_valid():
        return _review_page(request, found, hide=form)
    given = {"reason": HiddenReason(form.cleaned_data["reason"]), "note": form.cleaned_data["note"]}
    with _as_seen(request, found, hide=form) as deed:
        hide_review(review=found, **given, by=request.user, now=timezone.now(), seen=deed.seen)
        deed.said = _("The review is hidden. The public page counts it, with the reason.")
    return deed.answer()


@require_POST
@members(may_moderate)
def redact(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found = review_of(request, review_id)
    form = RedactForm(request.POST, review=found)
    if not form.is_valid():
        return _review_page(request, found, redact=form)
    with _as_seen(request, found, redact=form) as deed:
        try:
            phrases, now = form.phrases(), timezone.now()
            redact_review(review=found, phrases=phrases, by=request.user, now=now, seen=deed.seen)
        except NothingToRedact:
            form.add_error("words", _("These words do not stand in the text."))
            return _review_page(request, found, redact=form)
        deed.said = _("The words were taken out.")
    return deed.answer()


@require_POST
@members(may_moderate)
def reply(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, form = review_of(request, review_id), ReplyForm(request.POST)
    if not form.is_valid():
        return _review_page(request, found, reply=form)
    with _as_seen(request, found, reply=form) as deed:
        given = form.cleaned_data
        reply_to_review(review=found, **given, by=request.user, now=timezone.now(), seen=deed.seen)
        deed.said = _("The reply was saved.")
    return deed.answer()


@require_POST
@members(may_moderate)
def care(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found = review_of(request, review_id)
    form = CareForm(request.POST, review=found, by=request.user)
    if not form.is_valid():
        return _review_page(request, found, care=form)
    with _as_seen(request, found, care=form) as deed:
        given = {"to": form.cleaned_data.pop("assigned_to"), **form.cleaned_data}
        care_for_review(review=found, **given, by=request.user, now=timezone.now(), seen=deed.seen)
        deed.said = _("The review was saved.")
    return deed.answer()


@require_POST
@members(may_moderate)
def handle(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, is_handled = review_of(request, review_id), request.POST.get("handled") == "yes"
    with _as_seen(request, found) as deed:
        one = Review.objects.filter(pk=found.pk)
        handle_reviews(
            reviews=one, is_handled=is_handled, by=request.user, now=timezone.now(), seen=deed.seen
        )
        deed.said = _("Marked as handled.") if is_handled else _("Marked as open.")
    return deed.answer()


@dataclass
class _Deed:
    """What a member does on the page of a review. `seen`: the mark of what the page showed; `given`: what was typed."""

    request: MemberRequest
    review: Review
    given: dict[str, forms.Form]
    said: str = ""

    @property
    def seen(self) -> str | None:
        return self.request.POST.get("seen")

    def answer(self) -> HttpResponse:
        """Back to the page; or, where a colleague was faster, the page as it is now with what was typed."""
        if self.said:
            messages.success(self.request, self.said)
            return redirect("reviews:review", self.review.pk)
        words = _(
            "A colleague has changed this review since you opened it. Nothing was saved: see it as it is now, and decide again."
        )
        messages.error(self.request, words)
        return _review_page(self.request, review_of(self.request, self.review.pk), status=409, **self.given)


@contextmanager
def _as_seen(request: MemberRequest, found: Review, **given: forms.Form) -> Iterator[_Deed]:
    with suppress(ChangedMeanwhile):
        yield _Deed(request, found, given)


def _review_page(
    request: MemberRequest, found: Review, *, status: int = 0, **given: forms.Form
) -> HttpResponse:
    """The page of one review; `given` are the forms that did not pass."""
    context = {
        "review": found,
        "erasure": getattr(found, "erasure", None),
        "may_erase": may_erase(request.user),
        "is_anonymous": is_anonymous_comment(found),
        "original": found.original if may_see_originals(request.user) else "",
        "contact": Contact.objects.filter(pk=found.response_id, consent_contact=True).first(),
        "history": found.replies.select_related("written_by").order_by("-written_at"),
        "redactions": found.redactions.select_related("redacted_by").order_by("-redacted_at"),
        "forms": _forms(request, found) | given,
        "seen": {sight.value: mark_of(found, sight) for sight in Sight},
    }
    status = status or (422 if given else 200)
    return section_page(request, "queue", "reviews/review.html", context, status=status)


def _forms(request: MemberRequest, found: Review) -> dict[str, forms.Form]:
    """As they stand before anybody has written into them."""
    current = Reply.objects.current().filter(review=found).first()
    care = {"assigned_to": found.assigned_to_id, "labels": found.labels.values_list("pk", flat=True)}
    reply = {"text": current.text if current else "", "is_public": current.is_public if current else True}
    return {
        "hide": HideForm(),
        "redact": RedactForm(review=found),
        "reply": ReplyForm(initial=reply),
        "care": CareForm(initial=care, review=found, by=request.user),
    }
