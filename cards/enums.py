from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a stack of cards came from."""

    BOX = "box", _("Box")
    POST = "post", _("Post")
    COUNTER = "counter", _("Counter")


class Rejection(models.TextChoices):
    """Why a card was counted and not keyed."""

    BLANK = "blank", _("Blank")
    UNREADABLE = "unreadable", _("Unreadable")
    WRONG_SURVEY = "wrong_survey", _("Of another survey")
    TORN = "torn", _("Torn")


class CardState(models.TextChoices):
    """How far a card has come. Only a settled one is in the scores."""

    REJECTED = "rejected", _("Rejected")
    AWAITING_SECOND = "awaiting_second", _("Waits to be keyed again")
    DIFFERING = "differing", _("Two keyings differ")
    SETTLED = "settled", _("In the scores")


class Turn(models.IntegerChoices):
    """Whose reading of a card a keying is."""

    FIRST = 1, _("First keying")
    SECOND = 2, _("Second keying")
    SETTLING = 3, _("Settling")


class Paper(models.TextChoices):
    A4 = "a4", "A4"
    LETTER = "us-letter", "Letter"
