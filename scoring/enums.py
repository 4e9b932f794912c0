from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.enums import Flag


class Reason(models.TextChoices):
    """Why somebody should look at a response: one of its flags, or that a member held it."""

    ROBOT = "robot", Flag.ROBOT.label
    CROWDED = "crowded", Flag.CROWDED.label
    WITHDRAWN = "withdrawn", Flag.WITHDRAWN.label
    TOO_FAST = "too_fast", Flag.TOO_FAST.label
    STRAIGHT_LINE = "straight_line", Flag.STRAIGHT_LINE.label
    REPEATED = "repeated", Flag.REPEATED.label
    MEMBER = "member", _("Held by a member")


class Which(models.TextChoices):
    """What the page of responses lists."""

    HELD = "held", _("Held")
    FLAGGED = "flagged", _("Flagged")
    ALL = "all", pgettext_lazy("responses", "All")


class Span(models.TextChoices):
    """How many days a block covers. A week begins on Monday."""

    DAY = "day", pgettext_lazy("block", "Day")
    WEEK = "week", pgettext_lazy("block", "Week")
    MONTH = "month", pgettext_lazy("block", "Month")
