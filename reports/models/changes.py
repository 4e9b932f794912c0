"""Notes of what is done differently, from which day on and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Location, Region, Touchpoint
from reports.periods import FIRST_DAY, LAST_DAY
from surveys.models import Survey

if TYPE_CHECKING:
    from organisation.models import Member

MOST_WORDS = 200


class ProcessChangeQuerySet(models.QuerySet["ProcessChange"]):
    def visible_to(self, member: Member) -> Self:
        """Those that hold somewhere where the member reads reports."""
        if member.sees_everywhere:
            return self
        rows = ProcessChange.locations.through.objects
        places = Location.objects.visible_to(member)
        here = Q(region__in=places.exclude(region=None).values("region"))
        there = Q(pk__in=rows.filter(location__in=places).values("processchange"))
        everywhere = Q(region=None) & ~Q(pk__in=rows.values("processchange"))
        return self.filter(here | there | everywhere)

    def held_by(self, member: Member) -> Self:
        """Those that hold nowhere but where the member reads reports, and so are the member's to change."""
        if member.sees_everywhere:
            return self
        rows = ProcessChange.locations.through.objects
        theirs = Location.objects.visible_to(member)
        elsewhere = rows.exclude(location__in=theirs).values("processchange")
        places = Q(pk__in=rows.values("processchange")) & ~Q(pk__in=elsewhere)
        return self.filter(Q(region__in=Region.objects.visible_to(member)) | places)


class ProcessChange(models.Model):
    """On this day something became different, in so many words, and scores before and after it are two things.

    It holds for a survey's responses in a region or at some locations, else everywhere; and at a touchpoint, else at
    all of them.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+", verbose_name=_("survey"))
    changed_on = models.DateField(_("first day"))
    words = models.CharField(_("what changed"), max_length=MOST_WORDS)
    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    locations = models.ManyToManyField(Location, blank=True, related_name="+", verbose_name=_("locations"))
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("touchpoint")
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ProcessChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="%(app_label)s_%(class)s_says_what"),
            models.CheckConstraint(
                condition=Q(changed_on__gte=FIRST_DAY, changed_on__lte=LAST_DAY),
                name="%(app_label)s_%(class)s_changed_on_is_a_day_of_reports",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]
