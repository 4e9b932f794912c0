"""`/i/<token>/unsubscribe/`: no more invitations, and taking that back. Only a POST changes anything.

Mail programs send the POST of RFC 8058 by themselves: without a cookie, and not to be led elsewhere. The token in the
address is what says that it may; it works for invitations that were answered, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from surveys.actions.unsubscribing import subscribe_again, unsubscribe
from surveys.answering import invited_pages, pages
from surveys.answering.invited import invited_by
from surveys.answering.invited_pages import notice_page
from surveys.answering.invited_views import spoken
from surveys.answering.views import SeeOther

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from surveys.answering.invited import Invited


@require_http_methods(["GET", "HEAD", "POST"])
def unsubscription(request: HttpRequest, token: str) -> HttpResponse:
    invited = invited_by(token)
    if invited is None:
        return notice_page(invited_pages.UNKNOWN, language=spoken(request))
    if request.method == "POST":
        return _change(request, invited)
    notice = invited_pages.LEFT if invited.is_unsubscribed else invited_pages.LEAVING
    return notice_page(notice, language=invited.language)


def _change(request: HttpRequest, invited: Invited) -> HttpResponse:
    if request.POST.get("List-Unsubscribe") == "One-Click":
        unsubscribe(key=invited.key, now=timezone.now())
        return notice_page(invited_pages.LEFT, language=invited.language)
    wish = request.POST.get("wish")
    if wish == "leave":
        unsubscribe(key=invited.key, now=timezone.now())
    elif wish == "stay":
        subscribe_again(key=invited.key)
    else:
        return notice_page(invited_pages.NOT_UNDERSTOOD, language=invited.language)
    return pages.private(SeeOther(request.path))
