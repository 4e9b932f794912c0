"""A counted stack of cards. It closes only when every card of it is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cards.enums import Source
from organisation.checks import between, both_or_neither, one_of
from organisation.models import Location, Touchpoint
from surveys.models import Survey

if TYPE_CHECKING:
    from datetime import date

    from organisation.models import Member

MOST_COUNTED = 10_000


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(location__in=Location.objects.visible_to(member))

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def late(self, *, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def unbalanced(self) -> Self:
        """More was keyed than counted, or closing was asked for while cards were missing."""
        return self.open().filter(
            Q(keyed__gt=F("counted") - F("rejected"))
            | Q(missed_at__isnull=False) & ~Q(keyed=F("counted") - F("rejected"))
        )


class Batch(models.Model):
    """counted = keyed + rejected + left. `keyed`, `rejected` and `waiting` are moved with the cards themselves."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="batches", verbose_name=_("survey"))
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", verbose_name=_("location"))
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="+", verbose_name=_("touchpoint"))
    collected_from = models.DateField(_("collected from"))
    collected_to = models.DateField(_("collected until"))
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.BOX)
    counted = models.PositiveIntegerField(_("cards counted"))
    due_on = models.DateField(_("to be keyed by"))
    # Percent of the cards that are keyed twice; empty: the clerk's own share decides.
    share = models.PositiveSmallIntegerField(_("keyed twice, in percent"), null=True, blank=True)
    keyed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    # Of the keyed ones: those that wait for a second keying or for somebody to settle them.
    waiting = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # When somebody wanted to close it and it did not balance.
    missed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(
                condition=Q(collected_from__lte=F("collected_to")),
                name="%(app_label)s_%(class)s_collected_from_not_after_to",
                violation_error_message="The first day must not come after the last.",
            ),
            one_of("source", Source),
            between("counted", 1, MOST_COUNTED),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__lte=100),
                name="%(app_label)s_%(class)s_share_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(keyed__gte=0, rejected__gte=0, waiting__gte=0, waiting__lte=F("keyed")),
                name="%(app_label)s_%(class)s_tally_is_possible",
            ),
            both_or_neither("closed_at", "closed_by"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(counted=F("keyed") + F("rejected"), waiting=0),
                name="%(app_label)s_%(class)s_closes_only_when_it_balances",
                violation_error_message="A batch closes only when counted = keyed + rejected and no card waits.",
            ),
        ]
        indexes = [
            models.Index(fields=["location", "due_on"], condition=Q(closed_at=None), name="cards_batch_open"),
            models.Index(fields=["-opened_at", "-id"], name="cards_batch_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def left(self) -> int:
        """Cards that are still to be keyed or rejected; negative when there are more than were counted."""
        return self.counted - self.keyed - self.rejected

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
