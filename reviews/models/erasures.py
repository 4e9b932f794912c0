"""That the words of a review were erased: who did it, when and why; never the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.checks import one_of
from reviews.enums import ErasureReason
from reviews.models.reviews import Review

if TYPE_CHECKING:
    from organisation.models import Member


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(review__in=Review.objects.visible_to(member))


class Erasure(models.Model):
    """A review without words from then on, whatever becomes of its response (docs/decisions/0034)."""

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="erasure")
    reason = models.CharField(_("why"), max_length=10, choices=ErasureReason)
    erased_at = models.DateTimeField()
    erased_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [one_of("reason", ErasureReason)]
        indexes = [models.Index(fields=["-erased_at"], name="reviews_erased_last")]

    def __str__(self) -> str:
        return f"{self.review_id}"
