"""Links by which people without an account read a stored report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisation.checks import starts_before_end
from reports.models.stored import StoredReport
from reviews.models import Review

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever made it, and administrators."""
        return self if member.is_administrator else self.filter(owner=member)

    def open(self, *, at: datetime) -> Self:
        """Neither expired nor revoked. Whether its owner may still share it, `reports.sharing.queries` says."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class ShareLink(models.Model):
    """A link to one stored report. Its token has 192 bits; only its hash is kept. `minimum`: no group in it is smaller.
    `period` says which days the report is about.

    What it opened is cleared away some time after its end, and the link says then that it has ended.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    report = models.OneToOneField(
        StoredReport, models.PROTECT, null=True, blank=True, related_name="share_link"
    )
    name = models.CharField(max_length=100)
    period = models.CharField(max_length=100, blank=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    minimum = models.PositiveSmallIntegerField()
    with_comments = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            starts_before_end("made_at", "expires_at"),
            models.CheckConstraint(condition=~Q(name=""), name="%(app_label)s_%(class)s_has_a_name"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="%(app_label)s_%(class)s_revoked_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at=None, report__isnull=False) | Q(cleared_at__isnull=False, report=None),
                name="%(app_label)s_%(class)s_cleared_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ended_at(self) -> datetime:
        """When it was over, or will be."""
        return min(self.expires_at, self.revoked_at or self.expires_at)

    def is_open(self, *, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at


class SharedCommentQuerySet(models.QuerySet["SharedComment"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(link__in=ShareLink.objects.visible_to(member))


class SharedComment(models.Model):
    """A comment that a link shows. Its words are nowhere but in the comment: what is erased there is gone here."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="comments")
    review = models.ForeignKey(Review, models.CASCADE, related_name="+")

    objects = SharedCommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "review"], name="%(app_label)s_%(class)s_once_behind_a_link"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.review_id}"
