"""What is measured, and how one version words it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import between, one_of
from surveys.enums import MAX_QUESTIONS, RESERVED, Continuity, Dimension, Kind
from surveys.models.surveys import Survey, Version

if TYPE_CHECKING:
    from organisation.models import Member


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(survey__in=Survey.objects.visible_to(member))


class Measure(models.Model):
    """What is measured over time, whatever its wording. Frozen once a published version asks it."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="measures")
    key = models.CharField(max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    dimension = models.CharField(_("dimension"), max_length=20, choices=Dimension, blank=True)
    # A reversed item says something bad: its 5 counts as a 1.
    is_reversed = models.BooleanField(_("5 is the worst"), default=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "key"], name="%(app_label)s_%(class)s_key_once_in_survey"
            ),
            models.CheckConstraint(
                condition=Q(key__regex=r"\A[a-z][a-z0-9_]*\Z") & ~Q(key__in=sorted(RESERVED)),
                name="%(app_label)s_%(class)s_key_is_a_field_name",
            ),
            one_of("kind", Kind),
            one_of("dimension", Dimension, blank=True),
            models.CheckConstraint(
                condition=Q(kind=Kind.RATING) & ~Q(dimension="")
                | ~Q(kind=Kind.RATING) & Q(dimension="", is_reversed=False),
                name="%(app_label)s_%(class)s_dimension_for_ratings_only",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(version__survey__in=Survey.objects.visible_to(member))

    def in_order(self) -> Self:
        return self.order_by("position")


class Question(models.Model):
    """A measure's wording at a position of one version. A 21st cannot exist: position is checked."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="questions")
    section = models.CharField(_("section heading"), max_length=150, blank=True)
    text = models.CharField(_("question"), max_length=500)
    help_text = models.CharField(_("help"), max_length=500, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    allows_not_applicable = models.BooleanField(_("offer “does not apply”"), default=True)
    # How much a rating counts in its dimension's score for one response.
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    # [{"key": "a", "label": "In the shop"}, ...] for choices, [] for the rest
    options = models.JSONField(default=list, blank=True)
    continuity = models.CharField(max_length=20, choices=Continuity, blank=True)
    # By language code: text, help_text and section, and under "options" a label by option key.
    translations = models.JSONField(default=dict, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="%(app_label)s_%(class)s_position_once_in_version"
            ),
            models.UniqueConstraint(
                fields=["version", "measure"], name="%(app_label)s_%(class)s_measure_once_in_version"
            ),
            between("position", 1, MAX_QUESTIONS),
            between("weight", 1, 10),
            one_of("continuity", Continuity, blank=True),
        ]

    def __str__(self) -> str:
        return self.text
