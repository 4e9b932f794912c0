"""What the organisation did with a text: its replies, and the traces of what was taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import at_most, one_of
from organisation.text import LONGEST_TEXT
from reviews.enums import RedactionKind
from reviews.models.reviews import Review

if TYPE_CHECKING:
    from organisation.models import Member


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(review__in=Review.objects.visible_to(member))

    def current(self) -> Self:
        return self.filter(replaced_at=None)

    def public(self) -> Self:
        return self.current().filter(is_public=True)


class Reply(models.Model):
    """The organisation's answer. A revision is a row of its own; the one before it stays, replaced."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="replies")
    text = models.TextField(_("reply"), max_length=LONGEST_TEXT)
    is_public = models.BooleanField(_("show it on the public page"), default=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(replaced_at=None), name="%(app_label)s_%(class)s_one_current"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="%(app_label)s_%(class)s_text_is_not_empty"),
            at_most("text", LONGEST_TEXT),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(review__in=Review.objects.visible_to(member))


class Redaction(models.Model):
    """A trace of what was taken out of a text: who, when, what kind, how many characters; never the words."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="redactions")
    kind = models.CharField(_("what"), max_length=10, choices=RedactionKind)
    characters = models.PositiveIntegerField()
    # The name was taken away as a whole; it does not come back with whatever else its response says later.
    took_name = models.BooleanField(default=False)
    redacted_at = models.DateTimeField()
    redacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RedactionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", RedactionKind),
            models.CheckConstraint(
                condition=Q(characters__gte=1), name="%(app_label)s_%(class)s_took_something_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.characters})"
