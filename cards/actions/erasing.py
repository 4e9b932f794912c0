from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cards.models import Keying
from surveys.queries.wordings import text_keys

if TYPE_CHECKING:
    from uuid import UUID


@transaction.atomic
def erase_keyed_texts(*, card_id: UUID) -> None:
    """Take the texts out of every reading of a card: the one change that a keying allows. Nothing where no card is."""
    for keying in Keying.objects.filter(card=card_id).select_related("card"):
        texts = text_keys(keying.card.version_id)
        answers = {key: value for key, value in keying.answers.items() if key not in texts}
        if answers != keying.answers:
            Keying.objects.filter(pk=keying.pk).update(answers=answers)
