"""A survey and its versions. Publishing freezes a version; triggers hold it frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import at_most, both_or_neither, one_of, starts_before_end
from organisation.enums import Role
from organisation.models.places import CODE
from surveys.enums import Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


LONGEST_PARAGRAPH = 2_000


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, member: Member) -> Self:
        if member.role in {Role.ADMINISTRATOR, Role.EDITOR}:
            return self
        if member.role == Role.SHOPPER:
            return self.published().filter(purpose=Purpose.VISIT_CHECKLIST)
        return self.published()

    def published(self) -> Self:
        return self.exclude(live_version=None)

    def active(self) -> Self:
        return self.filter(archived_at=None)


class Survey(models.Model):
    """A form that can be published. What customers see belongs to its versions."""

    slug = models.CharField(_("address"), max_length=50, unique=True, validators=[CODE])
    name = models.CharField(_("name"), max_length=100)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, default=Purpose.SURVEY)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_anonymous = models.BooleanField(_("anonymous"), default=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    live_version = models.ForeignKey(
        "surveys.Version", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"\A[a-z0-9][a-z0-9_-]*\Z"),
                name="%(app_label)s_%(class)s_slug_is_safe",
            ),
            one_of("purpose", Purpose),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
            starts_before_end("opens_at", "closes_at"),
            both_or_neither("archived_at", "archived_by"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_review_form(self) -> bool:
        return self.purpose == Purpose.REVIEW_FORM

    def is_open(self, *, at: datetime) -> bool:
        """Whether customers may begin to answer at that moment."""
        begun = self.opens_at is None or self.opens_at <= at
        ended = self.closes_at is not None and self.closes_at <= at
        return self.live_version_id is not None and self.archived_at is None and begun and not ended


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(survey__in=Survey.objects.visible_to(member))

    def published(self) -> Self:
        return self.exclude(published_at=None)

    def drafts(self) -> Self:
        return self.filter(published_at=None)


class Version(models.Model):
    """A numbered, published, immutable state of a survey; or, without a number, its one draft."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=150)
    intro = models.TextField(_("introduction"), max_length=LONGEST_PARAGRAPH, blank=True)
    thanks_title = models.CharField(_("closing title"), max_length=150, blank=True)
    thanks_text = models.TextField(_("closing text"), max_length=LONGEST_PARAGRAPH, blank=True)
    # By language code: the same four texts.
    translations = models.JSONField(default=dict, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"], name="%(app_label)s_%(class)s_number_once_in_survey"
            ),
            models.UniqueConstraint(
                fields=["survey"], condition=Q(number=None), name="%(app_label)s_%(class)s_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, published_at__isnull=True)
                | Q(number__gte=1, published_at__isnull=False),
                name="%(app_label)s_%(class)s_numbered_when_published",
            ),
            at_most("intro", LONGEST_PARAGRAPH),
            at_most("thanks_text", LONGEST_PARAGRAPH),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number or _('draft')})"
