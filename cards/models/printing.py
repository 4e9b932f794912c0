"""Cards that were printed: a run of one version for one place, each card with its serial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cards.enums import Paper
from organisation.checks import between, one_of
from organisation.models import Location, Touchpoint
from surveys.models import Version

if TYPE_CHECKING:
    from organisation.models import Member

MOST_CARDS = 10_000


class PrintRunQuerySet(models.QuerySet["PrintRun"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(location__in=Location.objects.visible_to(member))


class PrintRun(models.Model):
    """Cards number 1 to `copies` of a version, for one location and touchpoint. What was printed never changes."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="print_runs")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=10)
    paper = models.CharField(_("paper"), max_length=10, choices=Paper, default=Paper.A4)
    per_page = models.PositiveSmallIntegerField(_("cards on a page"), default=1)
    copies = models.PositiveIntegerField(_("number of cards"))
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("paper", Paper),
            models.CheckConstraint(
                condition=models.Q(per_page__in=[1, 2, 4]),
                name="%(app_label)s_%(class)s_one_two_or_four_a_page",
            ),
            between("copies", 1, MOST_CARDS),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
