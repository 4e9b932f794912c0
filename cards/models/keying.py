"""A card of a batch, and every reading of it that somebody keyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cards.enums import CardState, Rejection, Turn
from cards.models.batches import Batch
from cards.models.printing import PrintRun
from organisation.checks import both_or_neither, one_of
from surveys.models import Version

if TYPE_CHECKING:
    from organisation.models import Member


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(batch__in=Batch.objects.visible_to(member))

    def keyed(self) -> Self:
        return self.exclude(state=CardState.REJECTED)

    def awaiting_second(self) -> Self:
        return self.filter(state=CardState.AWAITING_SECOND)

    def differing(self) -> Self:
        return self.filter(state=CardState.DIFFERING)


class Card(models.Model):
    """One paper card. Its key was made on the clerk's device before it was sent, so sending again is the same row.

    Once it is settled, its response has the card's own key. Whoever keyed it first, whoever keyed it second and
    whoever settled it are three people.
    """

    id = models.UUIDField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="cards", db_index=False)
    number = models.PositiveIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    print_run = models.ForeignKey(
        PrintRun, models.PROTECT, null=True, blank=True, related_name="cards", db_index=False
    )
    serial = models.PositiveIntegerField(null=True, blank=True)
    day = models.DateField()
    # Of the first keying: the clerk's device counts its corrections, so that an old one never undoes a new one.
    revision = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=CardState)
    rejection = models.CharField(max_length=20, choices=Rejection, blank=True)
    comment_later = models.BooleanField(default=False)
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    first_at = models.DateTimeField()
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    second_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    # Once both keyings are known to be right or wrong: how many fields, and how many of each keyer were wrong.
    fields = models.PositiveSmallIntegerField(null=True, blank=True)
    first_errors = models.PositiveSmallIntegerField(null=True, blank=True)
    second_errors = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="%(app_label)s_%(class)s_number_once_in_batch"
            ),
            models.UniqueConstraint(
                fields=["print_run", "serial"],
                condition=Q(serial__isnull=False),
                name="%(app_label)s_%(class)s_serial_once",
            ),
            both_or_neither("print_run", "serial"),
            one_of("state", CardState),
            one_of("rejection", Rejection, blank=True),
            models.CheckConstraint(
                condition=Q(state=CardState.REJECTED) & ~Q(rejection="")
                | ~Q(state=CardState.REJECTED) & Q(rejection=""),
                name="%(app_label)s_%(class)s_rejected_with_a_reason",
            ),
            both_or_neither("second_by", "second_at"),
            both_or_neither("settled_by", "settled_at"),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("first_by")),
                name="%(app_label)s_%(class)s_second_keyer_is_another",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None)
                | Q(second_by__isnull=False) & ~Q(settled_by=F("first_by")) & ~Q(settled_by=F("second_by")),
                name="%(app_label)s_%(class)s_settled_by_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.DIFFERING) | Q(second_by__isnull=False, settled_by=None),
                name="%(app_label)s_%(class)s_differing_was_keyed_twice",
            ),
            both_or_neither("fields", "first_errors"),
            both_or_neither("fields", "second_errors"),
            models.CheckConstraint(
                condition=Q(fields=None)
                | Q(
                    state=CardState.SETTLED,
                    second_by__isnull=False,
                    first_errors__lte=F("fields"),
                    second_errors__lte=F("fields"),
                ),
                name="%(app_label)s_%(class)s_compared_once_settled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch", "number"],
                condition=Q(state__in=[CardState.AWAITING_SECOND, CardState.DIFFERING]),
                name="cards_card_waiting",
            ),
            models.Index(
                fields=["batch", "number"], condition=Q(comment_later=True), name="cards_card_comment_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class KeyingQuerySet(models.QuerySet["Keying"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(card__in=Card.objects.visible_to(member))

    def current(self) -> Self:
        """The last word of each turn."""
        later = Keying.objects.filter(
            card=models.OuterRef("card"),
            turn=models.OuterRef("turn"),
            revision__gt=models.OuterRef("revision"),
        )
        return self.filter(~models.Exists(later))


class Keying(models.Model):
    """What somebody read from a card: added, never changed. A correction is the next revision of its turn."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="keyings", db_index=False)
    turn = models.PositiveSmallIntegerField(choices=Turn)
    revision = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    ratings = models.CharField(max_length=20)
    answers = models.JSONField(default=dict, blank=True)

    objects = KeyingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["card", "turn", "revision"], name="%(app_label)s_%(class)s_revision_once_in_turn"
            ),
            models.CheckConstraint(
                condition=Q(turn__in=Turn.values), name="%(app_label)s_%(class)s_turn_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ratings__regex=r"\A[1-5x?.-]{1,20}\Z"),
                name="%(app_label)s_%(class)s_ratings_are_1_to_5_or_a_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.turn}.{self.revision}"
