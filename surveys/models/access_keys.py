"""Keys with which other programs add recipients and report bounces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import both_or_neither

if TYPE_CHECKING:
    from organisation.models import Member


class AccessKeyQuerySet(models.QuerySet["AccessKey"]):
    def visible_to(self, member: Member) -> Self:
        return self if member.may_see_recipients else self.none()

    def valid(self) -> Self:
        return self.filter(revoked_at=None, created_by__is_active=True)


class AccessKey(models.Model):
    """A program's key: shown once, kept as SHA-256, good for what it was made for until it is revoked.

    It does what its maker may do, no more. `minute` and `calls` count the calls of the running minute.
    """

    name = models.CharField(_("name"), max_length=100)
    key_hash = models.BinaryField(max_length=32, unique=True)
    begins_with = models.CharField(max_length=12)
    may_add_recipients = models.BooleanField(_("adds recipients"), default=True)
    may_report_bounces = models.BooleanField(_("reports bounces"), default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    used_on = models.DateField(null=True, blank=True)
    minute = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveIntegerField(default=0)

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("revoked_at", "revoked_by"),
            models.CheckConstraint(
                condition=Q(may_add_recipients=True) | Q(may_report_bounces=True),
                name="%(app_label)s_%(class)s_is_good_for_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name
