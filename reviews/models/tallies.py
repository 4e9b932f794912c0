"""What is counted all the time, kept so that a hundred thousand reviews cost what a hundred do.

Triggers move them with the reviews (reviews/migrations/0003_tallies.py and 0004_comment_moves.py, docs/decisions/0020).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from organisation.models import Location
from surveys.models import Survey

if TYPE_CHECKING:
    from organisation.models import Member

SCORES = ("score_1", "score_2", "score_3", "score_4", "score_5")
HIDDEN = ("hidden_personal", "hidden_abusive", "hidden_spam", "hidden_off_topic", "hidden_other")
BY_SCORE = (*SCORES, "unscored")
COUNTS = (*BY_SCORE, *HIDDEN)


def _possible(*names: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__gte": 0 for name in names}),
        name="%(app_label)s_%(class)s_counts_are_possible",
    )


class ReviewTallyQuerySet(models.QuerySet["ReviewTally"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(location__in=Location.objects.visible_to(member))


class ReviewTally(models.Model):
    """Published reviews of a location by score, hidden ones by reason."""

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
        constraints = [_possible(*COUNTS)]

    def __str__(self) -> str:
        return f"{self.location_id}"


class CommentTallyQuerySet(models.QuerySet["CommentTally"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(location__in=Location.objects.visible_to(member))


class CommentTally(models.Model):
    """A group of comments: those of a survey at a location that are not for the public, in words, not held; by score."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+", db_index=False)
    location = models.ForeignKey(Location, models.CASCADE, related_name="+")
    score_1 = models.PositiveIntegerField(default=0)
    score_2 = models.PositiveIntegerField(default=0)
    score_3 = models.PositiveIntegerField(default=0)
    score_4 = models.PositiveIntegerField(default=0)
    score_5 = models.PositiveIntegerField(default=0)
    unscored = models.PositiveIntegerField(default=0)

    objects = CommentTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "comment tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "location"], name="%(app_label)s_%(class)s_once_for_each_group"
            ),
            _possible(*BY_SCORE),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.location_id}"


class CommentMoveQuerySet(models.QuerySet["CommentMove"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(survey__in=Survey.objects.visible_to(member))


class CommentMove(models.Model):
    """That what was said of a survey has changed, in whatever way: what is worked out of comments is kept for the sum of
    these. A row each time, so that nobody waits for anybody; the worker adds them up (docs/decisions/0047).
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+", db_constraint=False)
    number = models.PositiveBigIntegerField(default=1)

    objects = CommentMoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1), name="%(app_label)s_%(class)s_number_moves_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"
