from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAX_QUESTIONS = 20
RATINGS = range(1, 6)
# Fields of a customer's page that are no answers, so no measure may have such a key.
RESERVED = frozenset({"token", "at", "tp", "website", "lang"})


class Purpose(models.TextChoices):
    SURVEY = "survey", _("Survey")
    REVIEW_FORM = "review_form", _("Review form")
    VISIT_CHECKLIST = "visit_checklist", _("Visit checklist")


class Kind(models.TextChoices):
    RATING = "rating", _("Rating from 1 to 5")
    SINGLE_CHOICE = "single_choice", _("One choice")
    SEVERAL_CHOICES = "several_choices", _("Several choices")
    TEXT = "text", _("Text")


class Dimension(models.TextChoices):
    QUALITY = "quality", _("Quality")
    SPEED = "speed", _("Speed")
    CONVENIENCE = "convenience", _("Convenience")
    KNOWLEDGE = "knowledge", _("Knowledge")
    OVERALL = "overall", _("Overall")


class Continuity(models.TextChoices):
    """What a changed question is to the one before it."""

    SAME = "same", _("Same question (a typing mistake was mended)")
    NEW_WORDING = "new_wording", _("Same measure, new wording (the trend goes on, with a mark)")
    NEW_MEASURE = "new_measure", _("New measure (the trend starts afresh)")


class Mode(models.TextChoices):
    LINK = "link", _("Link")
    INVITATION = "invitation", _("Invitation")
    KIOSK = "kiosk", _("Kiosk")
    WIDGET = "widget", _("Widget")
    PAPER = "paper", _("Paper card")
    PHONE = "phone", _("Phone")
    IMPORT = "import", _("Import")


class Answer(models.TextChoices):
    """What can stand in `Response.ratings` at a question's position, besides 1 to 5."""

    NOT_APPLICABLE = "x", _("Does not apply")
    BLANK = "-", _("Left blank")
    UNREADABLE = "?", _("Unreadable")
    NO_RATING = ".", _("Not a rating question")


class Flag(models.IntegerChoices):
    """Bits of `Response.flags`: reasons to look twice. Shown and switchable, never a silent removal."""

    STRAIGHT_LINE = 1, _("Straight line: the same rating throughout")
    TOO_FAST = 2, _("Answered faster than it can be read")
    REPEATED = 4, _("Same answers as another on that day")
    ROBOT = 8, _("Filled in a field that people do not see")
    CROWDED = 16, _("One of very many from one connection or kiosk within minutes")
    WITHDRAWN = 32, _("From a kiosk whose address was withdrawn")


# What arrives with one of these is held: kept and shown, and not counted until somebody releases it.
HELD_ON_ARRIVAL = Flag.ROBOT | Flag.CROWDED | Flag.WITHDRAWN


RATING_LABELS = {
    5: pgettext_lazy("rating", "Excellent"),
    4: pgettext_lazy("rating", "Good"),
    3: pgettext_lazy("rating", "Fair"),
    2: pgettext_lazy("rating", "Poor"),
    1: pgettext_lazy("rating", "Very poor"),
}
