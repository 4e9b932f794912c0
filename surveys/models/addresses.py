"""Who wants no invitations, and who was invited when: keyed hashes of addresses, never an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from organisation.models import Member


class UnsubscribedQuerySet(models.QuerySet["Unsubscribed"]):
    def visible_to(self, member: Member) -> Self:
        return self if member.may_see_recipients else self.none()


class Unsubscribed(models.Model):
    """An address that no survey may invite. It outlives every mailing."""

    address_hash = models.BinaryField(max_length=32, primary_key=True)
    unsubscribed_on = models.DateField()

    objects = UnsubscribedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unsubscribed"

    def __str__(self) -> str:
        return bytes(self.address_hash).hex()


class ContactMomentQuerySet(models.QuerySet["ContactMoment"]):
    def visible_to(self, member: Member) -> Self:
        return self if member.may_see_recipients else self.none()


class ContactMoment(models.Model):
    """The last day on which an address was invited, whatever the survey."""

    address_hash = models.BinaryField(max_length=32, primary_key=True)
    contacted_on = models.DateField(db_index=True)

    objects = ContactMomentQuerySet.as_manager()

    def __str__(self) -> str:
        return bytes(self.address_hash).hex()
