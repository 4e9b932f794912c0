"""One thing heard from a customer in words, or a rating given on a review form."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import at_most, both_or_neither, one_of
from organisation.models import Location, Touchpoint
from organisation.text import LONGEST_TEXT
from reviews.enums import HiddenReason, MentionSource, ReviewKind, ReviewState
from reviews.matching import words_of
from reviews.models.labels import Label
from reviews.models.words import WordsField
from reviews.redacting import MARK
from surveys.enums import MAX_QUESTIONS
from surveys.models import Response, Survey

if TYPE_CHECKING:
    from organisation.models import Member

DIMENSIONS = ("quality", "speed", "convenience", "knowledge")
PUBLIC = Q(state=ReviewState.PUBLISHED, is_held=False)
# Every text of one response, with an empty line between two; and that with a mark for each character of it.
LONGEST_ORIGINAL = MAX_QUESTIONS * (LONGEST_TEXT + len("\n\n"))
LONGEST_SHOWN = LONGEST_ORIGINAL * len(MARK)
LONGEST = {"name": 100, "hidden_note": 300, "source_name": 60, "link": 1_000, "author": 100}
LOW_SOMEWHERE = Q(*((f"{name}__lte", 2) for name in DIMENSIONS), _connector=Q.OR)


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, member: Member) -> Self:
        # Every review is of a location: whoever sees all of them is asked for none.
        if member.sees_everywhere:
            return self
        return self.filter(location__in=Location.objects.visible_to(member))

    def update(self, **values: Any) -> int:
        """Words follow the text here as well: whoever changes it by the side of `save` says by which words it is found."""
        if values.keys() & {"text", "author"} and "words" not in values:
            raise ValueError("Give the words with the text: `words_of(text, author)`.")
        return super().update(**values)

    def of_kind(self, kind: ReviewKind) -> Self:
        return self.filter(kind=kind)

    def for_the_public(self) -> Self:
        """What customers have agreed to: published, waiting for it, or hidden."""
        return self.filter(kind=ReviewKind.REVIEW).exclude(state=ReviewState.PRIVATE)

    def pending(self) -> Self:
        return self.filter(state=ReviewState.PENDING)

    def published(self) -> Self:
        """What the public page shows. A held response is taken off it until somebody releases it."""
        return self.filter(PUBLIC)

    def hidden(self) -> Self:
        return self.filter(state=ReviewState.HIDDEN)

    def handled(self) -> Self:
        return self.exclude(handled_at=None)

    def open(self) -> Self:
        return self.filter(handled_at=None)


def _rating(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
        name=f"%(app_label)s_%(class)s_{name}_1_to_5",
    )


class Review(models.Model):
    """What is done with words: moderation, labels, replies. The key is random and says nothing of an order in time.

    `text` is shown, `original` was written; they differ once something was redacted. `said_on` is a day, since an
    anonymous response knows nothing finer. `score` is the overall rating that was asked directly. A mention's score
    stays on the scale that it was given on: `scale_score` of `scale_max`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ReviewKind)
    response = models.OneToOneField(
        Response, models.CASCADE, null=True, blank=True, related_name="review", editable=False
    )
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="+", db_index=False, verbose_name=_("location")
    )
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="+", verbose_name=_("touchpoint"))
    said_on = models.DateField(_("day"))
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    quality = models.PositiveSmallIntegerField(_("quality"), null=True, blank=True)
    speed = models.PositiveSmallIntegerField(_("speed"), null=True, blank=True)
    convenience = models.PositiveSmallIntegerField(_("convenience"), null=True, blank=True)
    knowledge = models.PositiveSmallIntegerField(_("knowledge"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    original = models.TextField(blank=True)
    # As shown; empty without consent to publish.
    name = models.CharField(_("name"), max_length=LONGEST["name"], blank=True)
    consent_publish = models.BooleanField(_("may be published"), default=False)
    consent_contact = models.BooleanField(_("may be contacted"), default=False)
    # How much it says: what "most useful first" goes by (docs/decisions/0019).
    usefulness = models.PositiveSmallIntegerField(default=0)

    state = models.CharField(_("state"), max_length=10, choices=ReviewState, default=ReviewState.PRIVATE)
    # As its response is: a held one stands on no public page, whatever its state.
    is_held = models.BooleanField(default=False)
    published_on = models.DateField(null=True, blank=True)
    hidden_reason = models.CharField(_("reason"), max_length=10, choices=HiddenReason, blank=True)
    hidden_note = models.CharField(_("note for colleagues"), max_length=LONGEST["hidden_note"], blank=True)
    moderated_at = models.DateTimeField(null=True, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    labels = models.ManyToManyField(Label, blank=True, related_name="reviews", verbose_name=_("labels"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    # Of mentions only.
    source = models.CharField(_("source"), max_length=20, choices=MentionSource, blank=True)
    source_name = models.CharField(_("name of the source"), max_length=LONGEST["source_name"], blank=True)
    link = models.CharField(_("link"), max_length=LONGEST["link"], blank=True)
    author = models.CharField(_("author, as given"), max_length=LONGEST["author"], blank=True)
    scale_score = models.DecimalField(
        _("score, as given"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    scale_max = models.PositiveSmallIntegerField(_("highest score there"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    # Tells a mention that is brought in again from a new one; empty where nobody can tell.
    digest = models.CharField(max_length=64, blank=True, editable=False)

    # Whose comment it is of, so that groups are counted without the responses; None for mentions.
    survey = models.ForeignKey(
        Survey, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, editable=False
    )
    # What it is found by (reviews/matching.py); follows the text and the author with every save.
    words = WordsField(blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ReviewKind),
            one_of("state", ReviewState),
            one_of("hidden_reason", HiddenReason, blank=True),
            one_of("source", MentionSource, blank=True),
            at_most("text", LONGEST_SHOWN),
            at_most("original", LONGEST_ORIGINAL),
            *(at_most(field, characters) for field, characters in LONGEST.items()),
            *(_rating(name) for name in ("score", *DIMENSIONS)),
            both_or_neither("moderated_at", "moderated_by"),
            both_or_neither("handled_at", "handled_by"),
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.MENTION, response__isnull=True) & ~Q(source="")
                | ~Q(kind=ReviewKind.MENTION) & Q(response__isnull=False, source=""),
                name="%(app_label)s_%(class)s_mention_or_response",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.MENTION)
                | Q(
                    source_name="",
                    link="",
                    author="",
                    scale_score__isnull=True,
                    scale_max__isnull=True,
                    answered_on__isnull=True,
                    digest="",
                ),
                name="%(app_label)s_%(class)s_only_mentions_have_an_origin",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PRIVATE) | Q(kind=ReviewKind.REVIEW, consent_publish=True),
                name="%(app_label)s_%(class)s_public_only_with_consent",
                violation_error_message=_("Only a review whose customer agreed can be published."),
            ),
            models.CheckConstraint(
                condition=Q(name="") | Q(consent_publish=True),
                name="%(app_label)s_%(class)s_named_only_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PUBLISHED, published_on__isnull=False)
                | ~Q(state=ReviewState.PUBLISHED) & Q(published_on__isnull=True),
                name="%(app_label)s_%(class)s_published_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.HIDDEN) & ~Q(hidden_reason="")
                | ~Q(state=ReviewState.HIDDEN) & Q(hidden_reason="", hidden_note=""),
                name="%(app_label)s_%(class)s_hidden_for_a_reason",
                violation_error_message=_("Say why it is hidden."),
            ),
            models.CheckConstraint(
                condition=Q(scale_score__isnull=True, scale_max__isnull=True)
                | Q(
                    scale_max__isnull=False,
                    scale_score__gte=0,
                    scale_max__gte=1,
                    scale_score__lte=F("scale_max"),
                ),
                name="%(app_label)s_%(class)s_score_within_its_scale",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="%(app_label)s_%(class)s_link_is_a_web_address",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("said_on")),
                name="%(app_label)s_%(class)s_answered_after_it_was_said",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.MENTION, survey__isnull=True)
                | ~Q(kind=ReviewKind.MENTION) & Q(survey__isnull=False),
                name="%(app_label)s_%(class)s_mention_or_of_a_survey",
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="%(app_label)s_%(class)s_digest_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["location", "-said_on", "-id"], condition=PUBLIC, name="reviews_published_newest"
            ),
            models.Index(
                fields=["location", "-usefulness", "-id"], condition=PUBLIC, name="reviews_published_useful"
            ),
            models.Index(
                fields=["state", "-said_on", "-id"],
                condition=Q(kind=ReviewKind.REVIEW) & ~Q(state=ReviewState.PRIVATE),
                name="reviews_to_moderate",
            ),
            models.Index(fields=["location", "-said_on", "-id"], name="reviews_of_location"),
            models.Index(fields=["-said_on", "-id"], name="reviews_newest"),
            # What is scarce among a million is found without reading them all.
            models.Index(fields=["kind", "-said_on", "-id"], name="reviews_of_kind"),
            models.Index(
                fields=["-said_on", "-id"], condition=Q(handled_at__isnull=False), name="reviews_handled"
            ),
            models.Index(
                fields=["-said_on", "-id"], condition=Q(scale_score__isnull=False), name="reviews_on_a_scale"
            ),
            models.Index(fields=["-said_on", "-id"], condition=LOW_SOMEWHERE, name="reviews_low_somewhere"),
            # Most of these are of anonymous surveys and not listed: what that takes to know stands in the index.
            models.Index(
                fields=["-said_on", "-id", "survey", "state", "location", "score"],
                condition=Q(score__lte=2, is_held=False) & ~Q(text=""),
                name="reviews_low_overall",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}"

    def save(self, **kwargs: Any) -> None:
        """Words follow what is shown, whichever fields are saved."""
        self.words = words_of(self.text, self.author)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "words"}
        super().save(**kwargs)
