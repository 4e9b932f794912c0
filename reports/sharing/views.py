"""Shared links of members: which there are, making one from a report, ending one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import members
from organisation.queries import the_organisation
from organisation.rules import may_read_reports
from reports.contents import names_in
from reports.models import ShareLink
from reports.schedules.queries import in_words
from reports.schedules.views import asked_of, origin_of, refused
from reports.sections import ask_page, form_page, section_page
from reports.sharing.actions import LinkWish, TooManyLinks, revoke_link, share_report
from reports.sharing.comments import offer_of
from reports.sharing.forms import ShareForm
from reports.sharing.queries import link_rows
from reports.storing import CannotBeRead, NotNow

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from reports.reading import Asked


@require_safe
@members(may_read_reports)
def shares(request: MemberRequest) -> HttpResponse:
    rows = link_rows(request.user, now=timezone.now())
    return section_page(request, "shares", {"rows": rows, "time_zone": the_organisation().time_zone})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def share_new(request: MemberRequest) -> HttpResponse:
    """The link is told in the answer to the request that makes it, and never again."""
    asked = asked_of(request, request.GET)
    if asked is None or asked.problems:
        return refused(request, asked)
    initial = {"name": asked.survey.name[:100], "days": 30, "charts": names_in(request.GET)}
    offer, back = offer_of(asked, request.user), reverse("reports:shares")
    form = ShareForm(request.POST or None, initial=initial, asked=asked, offer=offer, back=back)
    made = _made(request, form, asked) if form.is_valid() else None
    if made:
        return render(request, "reports/sections/share_made.html", made, status=HTTPStatus.OK)
    context = {"form": form, "heading": _("Share a report"), "about": in_words(asked)}
    return form_page(request, "shares", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def share_revoke(request: MemberRequest, link_id: int) -> HttpResponse:
    """Asked once: whoever has the address cannot be given it back."""
    link = get_object_or_404(ShareLink.objects.visible_to(request.user), pk=link_id)
    if request.method == "POST":
        revoke_link(link=link, by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": link})
        return redirect("reports:shares")
    consequences = [_("Whoever has the link sees nothing any more. It cannot be opened again.")]
    question, deed = _("End “%(name)s” now?") % {"name": link}, _("End the link")
    return ask_page(request, "shares", question=question, deed=deed, consequences=consequences)


def _made(request: MemberRequest, form: ShareForm, asked: Asked) -> dict[str, Any] | None:
    try:
        link, token = share_report(
            filters=asked.filters.query(),
            wish=LinkWish(**form.cleaned_data),
            language=get_language() or settings.LANGUAGE_CODE,
            by=request.user,
            now=timezone.now(),
        )
    except TooManyLinks:
        form.add_error(None, _("You have as many open links as one can have. End one first."))
    except (CannotBeRead, NotNow):
        form.add_error(None, _("The report could not be made just now. Try again in a minute."))
    else:
        return {"link": link, "url": f"{origin_of(request)}{reverse('reports:shared', args=[token])}"}
    return None
