"""What customers want to be public, and what members decide about it."""

from __future__ import annotations

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
from reviews.actions.handling import assign_reviews, handle_reviews, set_labels
from reviews.actions.labels import ensure_label
from reviews.actions.moderation import NothingToRedact, hide_review, publish_reviews, redact_review
from reviews.actions.replies import reply_to_review
from reviews.enums import HiddenReason, ReviewState
from reviews.forms.moderation import CareForm, HideForm, RedactForm, ReplyForm
from reviews.models import Reply, Review
from reviews.queries.moderation import queue_of
from reviews.queries.rows import is_anonymous_comment
from reviews.rules import may_erase, may_moderate, may_see_originals
from reviews.views.pages import public_review_of, review_of, section_page
from scoring.choice import place_of
from surveys.models import Contact

if TYPE_CHECKING:
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
    rows = Review.objects.filter(pk=found.pk)
    publish_reviews(reviews=rows, by=request.user, now=now, today=organisation_day(now))
    messages.success(request, _("The review was published."))
    return redirect("reviews:review", found.pk)


@require_POST
@members(may_moderate)
def hide(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, form = public_review_of(request, review_id), HideForm(request.POST)
    if not form.is_valid():
        return _review_page(request, found, hide=form)
    reason = HiddenReason(form.cleaned_data["reason"])
    hide_review(
        review=found, reason=reason, note=form.cleaned_data["note"], by=request.user, now=timezone.now()
    )
    messages.success(request, _("The review is hidden. The public page counts it, with the reason."))
    return redirect("reviews:review", found.pk)


@require_POST
@members(may_moderate)
def redact(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found = review_of(request, review_id)
    form = RedactForm(request.POST, review=found)
    if form.is_valid():
        try:
            redact_review(review=found, phrases=form.phrases(), by=request.user, now=timezone.now())
        except NothingToRedact:
            form.add_error("words", _("These words do not stand in the text."))
        else:
            messages.success(request, _("The words were taken out."))
            return redirect("reviews:review", found.pk)
    return _review_page(request, found, redact=form)


@require_POST
@members(may_moderate)
def reply(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, form = review_of(request, review_id), ReplyForm(request.POST)
    if not form.is_valid():
        return _review_page(request, found, reply=form)
    reply_to_review(review=found, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("The reply was saved."))
    return redirect("reviews:review", found.pk)


@require_POST
@members(may_moderate)
def care(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, by, now = review_of(request, review_id), request.user, timezone.now()
    form = CareForm(request.POST, review=found, by=by)
    if not form.is_valid():
        return _review_page(request, found, care=form)
    given = form.cleaned_data
    labels = list(given["labels"])
    if given["new_label"]:
        labels.append(ensure_label(name=given["new_label"], colour=given["colour"], by=by, now=now))
    set_labels(review=found, labels=set(labels), by=by, now=now)
    assign_reviews(reviews=Review.objects.filter(pk=found.pk), to=given["assigned_to"], by=by, now=now)
    messages.success(request, _("The review was saved."))
    return redirect("reviews:review", found.pk)


@require_POST
@members(may_moderate)
def handle(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found, is_handled = review_of(request, review_id), request.POST.get("handled") == "yes"
    one = Review.objects.filter(pk=found.pk)
    handle_reviews(reviews=one, is_handled=is_handled, by=request.user, now=timezone.now())
    messages.success(request, _("Marked as handled.") if is_handled else _("Marked as open."))
    return redirect("reviews:review", found.pk)


def _review_page(request: MemberRequest, found: Review, **given: forms.Form) -> HttpResponse:
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
    }
    return section_page(request, "queue", "reviews/review.html", context, status=422 if given else 200)


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
