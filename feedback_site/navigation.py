"""What a member finds in the navigation: only what the role may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cards.rules import may_key, may_only_print
from organisation.queries import the_organisation
from organisation.rules import may_administer, may_edit, may_read_reports
from reviews.rules import may_moderate

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from organisation.models import Member


class Entry(NamedTuple):
    label: _StrPromise
    url_name: str
    icon: str
    rule: Callable[[Member], bool]
    others: tuple[str, ...] = ()  # names of further addresses that belong to it


class Link(NamedTuple):
    label: str
    url: str
    icon: str
    is_current: bool


# In this order; the first that a role may open is where it begins.
ENTRIES = [
    Entry(_("Reports"), "reports:overview", "chart", may_read_reports),
    Entry(
        _("Sent and shared"),
        "reports:sent",
        "mail",
        may_read_reports,
        ("reports:schedules", "reports:alerts", "reports:shares"),
    ),
    Entry(_("Surveys"), "surveys:list", "survey", may_edit),
    Entry(_("Reviews"), "reviews:queue", "review", may_moderate),
    Entry(_("Cards"), "cards:batches", "card", may_key),
    Entry(_("Cards"), "cards:print", "card", may_only_print),
    Entry(_("Imports"), "surveys:imports", "import", may_edit),
    Entry(_("Exports"), "reports:exports", "download", may_edit),
    Entry(_("Organisation"), "organisation:overview", "organisation", may_administer),
]


def links(member: Member, path: str) -> list[Link]:
    """The member's own entries, in order; the current one is that of the longest address that the path starts with."""
    entries = [entry for entry in ENTRIES if entry.rule(member)]
    urls = [reverse(entry.url_name) for entry in entries]
    roads = dict(zip(urls, entries, strict=True))
    roads |= {reverse(name): entry for entry in entries for name in entry.others}
    current = roads.get(max((url for url in roads if path.startswith(url)), key=len, default=""))
    return [
        Link(str(entry.label), url, entry.icon, entry is current)
        for entry, url in zip(entries, urls, strict=True)
    ]


def first_page(member: Member) -> str | None:
    return next((entry.url_name for entry in ENTRIES if entry.rule(member)), None)


def shell(request: HttpRequest) -> dict[str, object]:
    """Template context of every staff page: the organisation's face and the member's navigation."""
    member = getattr(request, "user", None)
    signed_in = member is not None and member.is_authenticated
    return {
        "organisation": the_organisation(),
        "navigation": links(member, request.path) if signed_in and member else [],
    }
