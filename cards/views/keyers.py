"""Who keys how well, and how much is keyed twice because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cards.actions.rules import change_rule, set_clerk_share
from cards.forms.rules import ClerkShareForm, RuleForm
from cards.models import ClerkShare
from cards.queries.keyers import keyer_rows, keyers_seen_by
from cards.queries.keying import MONTHS, keying_rule
from cards.rules import may_key, may_oversee
from cards.views.pages import page_of, section_page
from organisation.access import members
from organisation.queries import organisation_day
from organisation.rules import may_administer

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_safe
@members(may_key)
def listing(request: MemberRequest) -> HttpResponse:
    page = page_of(keyers_seen_by(request.user), request)
    context = {
        "page": page,
        "rows": keyer_rows(page.object_list, today=organisation_day(timezone.now())),
        "rule": keying_rule(),
        "months": MONTHS,
        "oversees": may_oversee(request.user),
        "administers": may_administer(request.user),
    }
    return section_page(request, "keyers", "cards/keyers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_oversee)
def share(request: MemberRequest, member_id: int) -> HttpResponse:
    clerk = get_object_or_404(keyers_seen_by(request.user), pk=member_id)
    own = ClerkShare.objects.filter(clerk=clerk).values_list("share", flat=True).first()
    form = ClerkShareForm(request.POST if request.method == "POST" else None, clerk=clerk, share=own)
    if form.is_valid():
        set_clerk_share(clerk=clerk, share=form.cleaned_data["share"], by=request.user, now=timezone.now())
        messages.success(request, _("The share of “%(name)s” was saved.") % {"name": clerk})
        return redirect("cards:keyers")
    context = {"form": form, "heading": str(clerk), "section": "keyers"}
    return render(request, "cards/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def rule(request: MemberRequest) -> HttpResponse:
    form = RuleForm(request.POST or None, instance=keying_rule())
    if form.is_valid():
        change_rule(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("The rule was saved. It holds for cards keyed from now on."))
        return redirect("cards:keyers")
    context = {"form": form, "heading": _("How much is keyed twice"), "section": "keyers"}
    return render(request, "cards/form.html", context, status=422 if form.errors else 200)
