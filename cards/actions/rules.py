"""How much is keyed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cards.models import ClerkShare, KeyingRule
from organisation.actions.audit import record_change, set_fields

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


@transaction.atomic
def change_rule(
    *,
    fields_needed: int,
    fair_errors: int,
    fair_share: int,
    low_errors: int,
    low_share: int,
    by: Member,
    now: datetime,
) -> KeyingRule:
    rule, _created = KeyingRule.objects.select_for_update().get_or_create(pk=1)
    values = {
        "fields_needed": fields_needed,
        "fair_errors": fair_errors,
        "fair_share": fair_share,
        "low_errors": low_errors,
        "low_share": low_share,
    }
    if changes := set_fields(rule, values):
        rule.save(update_fields=list(changes))
        record_change(action="changed", subject=rule, by=by, now=now, changes=changes)
    return rule


@transaction.atomic
def set_clerk_share(*, clerk: Member, share: int | None, by: Member, now: datetime) -> None:
    """Let a clerk's own share go before the rule's; None gives the rule its word back."""
    before = (
        ClerkShare.objects.select_for_update().filter(clerk=clerk).values_list("share", flat=True).first()
    )
    if before == share:
        return
    if share is None:
        ClerkShare.objects.filter(clerk=clerk).delete()
    else:
        ClerkShare.objects.update_or_create(
            clerk=clerk, defaults={"share": share, "set_at": now, "set_by": by}
        )
    changes = {"keyed_twice": [before, share]}
    record_change(action="set the keying share of", subject=clerk, by=by, now=now, changes=changes)
