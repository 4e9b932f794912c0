"""What a shared link opens, if anything, and what a list of links says of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from organisation.queries import the_organisation
from reports.clearing import shared_kept_until
from reports.models import ShareLink
from reports.sharing.actions import hash_of
from reports.storing import may_still_read

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from reports.models import StoredReport

MOST_SHOWN = 200


class Opened(NamedTuple):
    """A link that is open, and the report that it shows."""

    link: ShareLink
    report: StoredReport


def shared_by(token: str, *, at: datetime) -> Opened | None:
    """None where there is none, it is over, or its owner could no longer share it."""
    # Result and document are not read until somebody asks for them.
    rows = (
        ShareLink.objects.open(at=at).select_related("owner", "report").defer("report__pdf", "report__result")
    )
    link = rows.filter(token_hash=hash_of(token)).first()
    return Opened(link, link.report) if link and link.report and may_be_shown(link) else None


def ever_was(token: str) -> bool:
    """Whether there was such a link: nobody finds out by trying, for the token has 192 bits."""
    return ShareLink.objects.filter(token_hash=hash_of(token)).exists()


def may_be_shown(link: ShareLink) -> bool:
    """Whether its owner may read as much today, and the organisation shows groups as small as those in it."""
    is_large_enough = link.minimum >= the_organisation().minimum_group
    return is_large_enough and link.report is not None and may_still_read(link.report, link.owner)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link of a list, whether it opens anything, and until when what it opened is kept."""

    link: ShareLink
    is_open: bool
    kept_until: datetime


def link_rows(member: Member, *, now: datetime) -> list[LinkRow]:
    """The latest first. Links of one member with one scope are asked about once."""
    links = ShareLink.objects.visible_to(member).select_related("owner", "report")
    light = links.defer("report__pdf", "report__result").order_by("-made_at", "-pk")
    known: dict[tuple[int, str, int], bool] = {}
    rows = []
    for link in light[:MOST_SHOWN]:
        key = link.owner_id, str(link.report and link.report.places), link.minimum
        if link.is_open(at=now) and key not in known:
            known[key] = may_be_shown(link)
        is_open = link.is_open(at=now) and known[key]
        rows.append(LinkRow(link, is_open=is_open, kept_until=shared_kept_until(link)))
    return rows
