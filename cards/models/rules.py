"""How much is keyed twice: the rule for everybody, and what was decided for one clerk."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import between
from organisation.models import Member


class KeyingRule(models.Model):
    """The share of a clerk's cards that is keyed twice, by the clerk's measured errors in 1,000 fields. One row.

    Everything is keyed twice until `fields_needed` fields were compared. Then the upper bound of the error rate's
    interval decides: up to `low_errors` the share is `low_share`, up to `fair_errors` it is `fair_share`, above
    that it is all. Rates are in errors per 1,000 fields, shares in percent.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fields_needed = models.PositiveIntegerField(_("fields compared before the share may fall"), default=1000)
    fair_errors = models.PositiveSmallIntegerField(
        _("fair: at most so many errors in 1,000 fields"), default=6
    )
    fair_share = models.PositiveSmallIntegerField(_("then keyed twice, in percent"), default=20)
    low_errors = models.PositiveSmallIntegerField(_("low: at most so many errors in 1,000 fields"), default=2)
    low_share = models.PositiveSmallIntegerField(_("then keyed twice, in percent"), default=5)

    class Meta:
        constraints = [
            between("id", 1, 1),
            between("fields_needed", 0, 1_000_000),
            between("fair_share", 0, 100),
            between("low_share", 0, 100),
            models.CheckConstraint(
                condition=Q(low_errors__lte=F("fair_errors"), low_share__lte=F("fair_share")),
                name="%(app_label)s_%(class)s_fewer_errors_smaller_share",
                violation_error_message="Whoever makes fewer errors has no larger share.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ClerkShareQuerySet(models.QuerySet["ClerkShare"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(clerk__in=Member.objects.visible_to(member))


class ClerkShare(models.Model):
    """A share that was set for one clerk by hand, in place of the rule's."""

    clerk = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="keying_share"
    )
    share = models.PositiveSmallIntegerField(_("keyed twice, in percent"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ClerkShareQuerySet.as_manager()

    class Meta:
        constraints = [between("share", 0, 100)]

    def __str__(self) -> str:
        return f"{self.clerk_id}: {self.share} %"


class KeyerMonthQuerySet(models.QuerySet["KeyerMonth"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(keyer__in=Member.objects.visible_to(member))


class KeyerMonth(models.Model):
    """How often a member's keying was right, counted when a card that was keyed twice is settled.

    `fields` are those that were compared, `errors` those in which the settled card says something else.
    """

    keyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="keyer_months", db_index=False
    )
    month = models.DateField()
    fields = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)

    objects = KeyerMonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["keyer", "month"], name="%(app_label)s_%(class)s_one_for_each_month"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="%(app_label)s_%(class)s_month_is_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(errors__lte=F("fields")), name="%(app_label)s_%(class)s_errors_within_fields"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.keyer_id} {self.month}"
