"""Keys of responses that must not come back: deleted, or without the words that came under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from organisation.models import Member


class SpentKeyQuerySet(models.QuerySet["SpentKey"]):
    def visible_to(self, member: Member) -> Self:  # noqa: ARG002 (for the database alone)
        return self.none()


class SpentKey(models.Model):
    """A page that is still open, or a kiosk that did not hear that its answers had arrived, sends under the same key
    again. It is thanked as before, and nothing is stored: a trigger refuses the row (docs/decisions/0045). The key says
    nothing of what was answered, by whom or when, so it is kept for good.
    """

    key = models.UUIDField(primary_key=True)
    # Not the response was taken away, only what it said in words: an import may bring back the rest.
    words_only = models.BooleanField(default=False)

    objects = SpentKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.key}"
