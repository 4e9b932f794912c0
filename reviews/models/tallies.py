"""What the public page of a location counts, kept so that a hundred thousand reviews cost what a hundred do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from organisation.models import Location

if TYPE_CHECKING:
    from organisation.models import Member

SCORES = ("score_1", "score_2", "score_3", "score_4", "score_5")
HIDDEN = ("hidden_personal", "hidden_abusive", "hidden_spam", "hidden_off_topic", "hidden_other")
COUNTS = (*SCORES, "unscored", *HIDDEN)


class ReviewTallyQuerySet(models.QuerySet["ReviewTally"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(location__in=Location.objects.visible_to(member))


class ReviewTally(models.Model):
    """Published reviews of a location by score, hidden ones by reason. Triggers move it with the reviews."""

    location = models.OneToOneField(Location, models.CASCADE, primary_key=True, related_name="+")
    score_1 = models.PositiveIntegerField(default=0)
    score_2 = models.PositiveIntegerField(default=0)
    score_3 = models.PositiveIntegerField(default=0)
    score_4 = models.PositiveIntegerField(default=0)
    score_5 = models.PositiveIntegerField(default=0)
    unscored = models.PositiveIntegerField(default=0)
    hidden_personal = models.PositiveIntegerField(default=0)
    hidden_abusive = models.PositiveIntegerField(default=0)
    hidden_spam = models.PositiveIntegerField(default=0)
    hidden_off_topic = models.PositiveIntegerField(default=0)
    hidden_other = models.PositiveIntegerField(default=0)

    objects = ReviewTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "review tallies"
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in COUNTS}),
                name="%(app_label)s_%(class)s_counts_are_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location_id}"
