"""Where customers can review in public elsewhere, as the organisation names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Location

if TYPE_CHECKING:
    from organisation.models import Member

SECURE = URLValidator(schemes=["https"], message=_("Give an address that begins with https://."))


class ReviewPlaceQuerySet(models.QuerySet["ReviewPlace"]):
    def visible_to(self, member: Member) -> Self:
        """Those of everywhere, too: they stand on the pages of the member's own places."""
        return self.filter(Q(location=None) | Q(location__in=Location.objects.visible_to(member)))


class ReviewPlace(models.Model):
    """A link that is shown after every answer alike, whatever its score. Without a location: everywhere."""

    name = models.CharField(_("name"), max_length=60)
    url = models.CharField(_("address"), max_length=500, validators=[SECURE])
    location = models.ForeignKey(
        Location, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("location")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = ReviewPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="%(app_label)s_%(class)s_name_is_not_empty"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="%(app_label)s_%(class)s_url_is_secure",
                violation_error_message=_("Give an address that begins with https://."),
            ),
            models.UniqueConstraint(
                fields=["location", "url"], name="%(app_label)s_%(class)s_url_once_in_location"
            ),
            models.UniqueConstraint(
                fields=["url"],
                condition=Q(location=None),
                name="%(app_label)s_%(class)s_url_once_for_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return self.name
