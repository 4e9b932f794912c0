from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewKind(models.TextChoices):
    """Where the words come from."""

    REVIEW = "review", _("Review")
    COMMENT = "comment", _("Comment")
    MENTION = "mention", _("Mention")


class ReviewState(models.TextChoices):
    """Who may read it: nobody outside, until a member has read it and the customer has agreed."""

    PENDING = "pending", _("Waiting to be read")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    PRIVATE = "private", _("Not for publication")


class HiddenReason(models.TextChoices):
    """Why something that a customer wanted to be public is not. The public page counts them by reason."""

    PERSONAL = "personal", _("Says private things about somebody")
    ABUSIVE = "abusive", _("Insults or threatens somebody")
    SPAM = "spam", _("Advertising, or not from a customer")
    OFF_TOPIC = "off_topic", _("Not about this service")
    OTHER = "other", _("Another reason")


class RedactionKind(models.TextChoices):
    """What was taken out of a text."""

    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Phone number")
    NAME = "name", _("Name of a person")
    OTHER = "other", _("Something else")


class ErasureReason(models.TextChoices):
    """Why the words of a review were erased for good."""

    CUSTOMER = "customer", _("The customer asks for it")
    NAMED = "named", _("Somebody who is named in it asks for it")
    ORDERED = "ordered", _("A court or an authority orders it")
    OTHER = "other", _("Another reason")


class MentionSource(models.TextChoices):
    """Where a mention was found."""

    SOCIAL_MEDIA = "social_media", _("Social media")
    REVIEW_SITE = "review_site", _("Review site")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    LETTER = "letter", _("Letter")
    OTHER = "other", _("Elsewhere")


class LabelColour(models.TextChoices):
    """Tokens of the style sheet, not colours: each has its own light and dark."""

    GREY = "grey", _("Grey")
    BLUE = "blue", _("Blue")
    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")
    RED = "red", _("Red")
    VIOLET = "violet", _("Violet")


class FileState(models.TextChoices):
    """How far a file of mentions has come."""

    SENT = "sent", _("Waiting for its columns to be mapped")
    CHECKED = "checked", _("Checked: ready to import")
    REFUSED = "refused", _("Refused")
    IMPORTED = "imported", _("Imported")
