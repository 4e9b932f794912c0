"""Where service is given and where the customer meets it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import between, one_of
from organisation.enums import Channel, LogoType, Stage

if TYPE_CHECKING:
    from organisation.models.members import Member

CODE = RegexValidator(r"\A[a-z0-9][a-z0-9_-]*\Z", _("Use small letters, digits, hyphens and underscores."))
COLOUR = RegexValidator(r"\A#[0-9a-f]{6}\Z", _("Give a colour as # and six hexadecimal digits."))


@cache
def time_zones() -> frozenset[str]:
    """Every name there is, read from the disk once."""
    return frozenset(available_timezones())


def known_time_zone(value: str) -> None:
    if value not in time_zones():
        raise ValidationError(_("There is no time zone named “%(name)s”."), params={"name": value})


def code_is_safe() -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(code__regex=r"\A[a-z0-9][a-z0-9_-]*\Z"), name="%(app_label)s_%(class)s_code_is_safe"
    )


class Organisation(models.Model):
    """The one organisation of this installation: its face, and the sizes below which nothing is shown."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=100, default="Our organisation")
    colour = models.CharField(max_length=7, default="#1f5f8b", validators=[COLOUR])
    logo = models.BinaryField(default=bytes, blank=True)
    logo_type = models.CharField(max_length=20, blank=True, choices=LogoType)
    time_zone = models.CharField(max_length=50, default="UTC", validators=[known_time_zone])
    minimum_group = models.PositiveSmallIntegerField(default=5)
    minimum_comments = models.PositiveSmallIntegerField(default=8)
    # How long it is kept how customers can be reached; 0: for good.
    contact_days = models.PositiveSmallIntegerField(default=365)
    # For how long after the last mail the addresses of those who were invited are kept; 0: for good.
    recipient_days = models.PositiveSmallIntegerField(default=90)

    class Meta:
        constraints = [
            between("id", 1, 1),
            between("minimum_group", 3, 1000),
            between("minimum_comments", 3, 1000),
            between("contact_days", 0, 3660),
            between("recipient_days", 0, 3660),
            one_of("logo_type", LogoType, blank=True),
        ]

    def __str__(self) -> str:
        return self.name


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, member: Member) -> Self:
        return self if member.sees_everywhere else self.filter(members=member)


class Region(models.Model):
    """A group of locations that a manager may hold."""

    code = models.CharField(max_length=50, unique=True, validators=[CODE])
    name = models.CharField(max_length=100)

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints = [code_is_safe()]

    def __str__(self) -> str:
        return self.name


class LocationQuerySet(models.QuerySet["Location"]):
    def visible_to(self, member: Member) -> Self:
        if member.sees_everywhere:
            return self
        return self.filter(Q(members=member) | Q(region__members=member)).distinct()

    def open(self) -> Self:
        return self.filter(archived_at=None)


class Location(models.Model):
    """Where service is given. Days are counted in its own time zone."""

    code = models.CharField(max_length=50, unique=True, validators=[CODE])
    name = models.CharField(max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="locations")
    time_zone = models.CharField(max_length=50, default="UTC", validators=[known_time_zone])
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LocationQuerySet.as_manager()

    class Meta:
        constraints = [
            code_is_safe(),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="%(app_label)s_%(class)s_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TouchpointQuerySet(models.QuerySet["Touchpoint"]):
    def visible_to(self, member: Member) -> Self:  # noqa: ARG002 (touchpoints are the organisation's vocabulary)
        return self

    def open(self) -> Self:
        return self.filter(archived_at=None)


class Touchpoint(models.Model):
    """Where the customer meets the service: a channel at a stage of the journey."""

    code = models.CharField(max_length=50, unique=True, validators=[CODE])
    name = models.CharField(max_length=100)
    channel = models.CharField(max_length=20, choices=Channel)
    stage = models.CharField(max_length=20, choices=Stage)
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TouchpointQuerySet.as_manager()

    class Meta:
        constraints = [
            code_is_safe(),
            one_of("channel", Channel),
            one_of("stage", Stage),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="%(app_label)s_%(class)s_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name
