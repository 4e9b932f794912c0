"""Erasing what customers left besides their ratings. No score hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from surveys.actions.responses import first_day_kept, spend_keys
from surveys.models import Contact, Response
from surveys.queries.wordings import text_keys

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# Contacts of one transaction.
AT_ONCE = 1_000


@transaction.atomic
def erase_texts(*, response_id: UUID) -> None:
    """Take every text and the contact out of a response. Ratings and choices stay as they are, so the cells do."""
    response = Response.objects.select_for_update(of=("self",)).get(pk=response_id)
    texts = text_keys(response.version_id)
    answers = {key: value for key, value in response.answers.items() if key not in texts}
    Contact.objects.filter(pk=response_id).delete()
    erased = Response.objects.filter(pk=response_id)
    spend_keys(erased, words_only=True)
    erased.update(answers=answers)


def erase_old_contacts(*, now: datetime) -> int:
    """Erase how customers can be reached, and names that are not public, once they are older than the organisation
    keeps them; returns how many. 0 days keep them for good. The review follows with the next sweep.
    """
    first, total = first_day_kept(now), 0
    if first is None:
        return 0
    while erased := _erase_some(Contact.objects.older_than(first).values_list("pk", flat=True)[:AT_ONCE]):
        total += erased
    return total


@transaction.atomic
def _erase_some(keys: object) -> int:
    # The responses first, as the sweep takes them.
    locked = Response.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk")  # type: ignore[call-overload]
    found = list(locked.values_list("pk", flat=True))
    contacts = Contact.objects.filter(pk__in=found)
    contacts.filter(consent_publish=False).delete()
    contacts.update(email="", phone="", consent_contact=False)
    Response.objects.filter(pk__in=found).update(is_heard=False)
    return len(found)
