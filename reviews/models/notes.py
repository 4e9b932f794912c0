"""“You said, we did”: what customers said, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Location

if TYPE_CHECKING:
    from organisation.models import Member

MOST = 1000


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(Q(location=None) | Q(location__in=Location.objects.visible_to(member)))

    def published(self) -> Self:
        return self.filter(is_published=True)


class Note(models.Model):
    """Stands on the public page of its location; without one, on those of all."""

    location = models.ForeignKey(
        Location, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("location")
    )
    said = models.CharField(_("you said"), max_length=MOST)
    did = models.CharField(_("we did"), max_length=MOST)
    done_on = models.DateField(_("day"))
    is_published = models.BooleanField(_("on the public page"), default=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(said="") & ~Q(did=""), name="%(app_label)s_%(class)s_says_both"
            ),
        ]
        indexes = [
            models.Index(
                fields=["location", "-done_on", "-id"],
                condition=Q(is_published=True),
                name="reviews_note_published",
            ),
        ]

    def __str__(self) -> str:
        return self.said[:80]
