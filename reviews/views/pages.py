"""What the pages of reviews have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.enums import ReviewState
from reviews.models import Review
from reviews.queries.comments import comments_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from organisation.access import MemberRequest

SECTIONS = [
    ("queue", _("Reviews")),
    ("comments", _("Comment box")),
    ("mention_files", _("Mentions")),
    ("ranking", _("Locations")),
    ("notes", _("You said, we did")),
    ("places", _("Review places")),
]


def section_page(
    request: MemberRequest, section: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    tabs = [
        {"label": label, "url": reverse(f"reviews:{name}"), "is_current": name == section}
        for name, label in SECTIONS
    ]
    return render(request, template, {"tabs": tabs, **context}, status=status)


def review_of(request: MemberRequest, review_id: UUID) -> Review:
    """Raises Http404 for one that is not there, not of the member's places, or anonymous in too small a group. Of one that was
    erased there is nothing left to read.
    """
    readable = comments_of(request.user).values("pk")
    rows = Review.objects.visible_to(request.user).filter(
        ~Q(state=ReviewState.PRIVATE) | Q(erasure__isnull=False) | Q(pk__in=readable)
    )
    return get_object_or_404(
        rows.select_related("location", "touchpoint", "response", "survey", "erasure__erased_by"),
        pk=review_id,
    )


def public_review_of(request: MemberRequest, review_id: UUID) -> Review:
    """Likewise for what its customer has not agreed to publish."""
    review = review_of(request, review_id)
    if review.state == ReviewState.PRIVATE:
        raise Http404
    return review
