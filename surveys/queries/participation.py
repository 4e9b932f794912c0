"""How many of those who were invited took part. Opening a page is not counted: a GET changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from metrics.rates import response_rate
from surveys.models import Invitation
from surveys.models.invitations import InvitationState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metrics.rates import Rate
    from surveys.models import Mailing
    from surveys.models.invitations import InvitationQuerySet

# Who answers was reached, whatever a mail server said later.
BOUNCED = Q(state=InvitationState.BOUNCED, is_started=False)
HANDED_OVER = Q(sent_at__isnull=False) | BOUNCED
# In the order of the fields below.
COUNTS = {
    "invited": Count("pk", filter=HANDED_OVER | ~Q(state=InvitationState.SKIPPED)),
    "sent": Count("pk", filter=HANDED_OVER),
    "bounced": Count("pk", filter=BOUNCED),
    "started": Count("pk", filter=Q(is_started=True)),
    "finished": Count("pk", filter=Q(is_finished=True)),
}


@dataclass(frozen=True, slots=True)
class Participation:
    """People, not mails: `invited` without those who were skipped before a mail; `sent` of these; `bounced` of those,
    and `started` (a first answer was saved); `finished` of these.
    """

    invited: int = 0
    sent: int = 0
    bounced: int = 0
    started: int = 0
    finished: int = 0

    @property
    def reached(self) -> int:
        """Sent - bounced: those who can have answered."""
        return self.sent - self.bounced

    @property
    def rate(self) -> Rate | None:
        """Finished / (sent - bounced), see `metrics.rates`; None while nobody was reached."""
        return response_rate(self.finished, self.reached)


def participation(invitations: InvitationQuerySet) -> Participation:
    """Of whichever invitations, in one query."""
    return Participation(**invitations.aggregate(**COUNTS))


def participation_by_mailing(mailings: Iterable[Mailing]) -> dict[int, Participation]:
    """By the mailing's key, in one query; each has an entry."""
    keys = [mailing.pk for mailing in mailings]
    rows = Invitation.objects.filter(mailing__in=keys).values("mailing").annotate(**COUNTS).order_by()
    found = {key: Participation(*counts) for key, *counts in rows.values_list("mailing", *COUNTS)}
    return {key: found.get(key, Participation()) for key in keys}
