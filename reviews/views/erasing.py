"""Erasing what a customer said, with a page that says first what goes and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import members
from reviews.actions.erasing import erase_review
from reviews.enums import ErasureReason
from reviews.forms.erasing import EraseForm
from reviews.rules import may_erase
from reviews.views.pages import review_of, section_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_erase)
def erase(request: MemberRequest, review_id: UUID) -> HttpResponse:
    found = review_of(request, review_id)
    replies = list(found.replies.order_by("-written_at"))
    form = EraseForm(request.POST if request.method == "POST" else None, has_replies=bool(replies))
    if form.is_valid():
        erase_review(
            review=found,
            reason=ErasureReason(form.cleaned_data["reason"]),
            with_replies=form.cleaned_data.get("with_replies", False),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The words were erased."))
        return redirect("reviews:review", found.pk)
    context = {"review": found, "form": form, "replies": replies}
    status = 422 if form.errors else 200
    return section_page(request, "queue", "reviews/erase.html", context, status=status)
