from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TrendStep(models.TextChoices):
    """How long one point of a trend is."""

    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")


class Comparison(models.TextChoices):
    """What a period is compared with."""

    PREVIOUS = "previous", _("The days before")
    YEAR = "year", _("The year before")
    CHOSEN = "chosen", _("Chosen days")
    NONE = "none", _("Nothing")


class PeriodShortcut(models.TextChoices):
    """A period that moves with the calendar."""

    WEEK = "7", _("7 days")
    MONTH_LONG = "30", _("30 days")
    QUARTER_LONG = "90", _("90 days")
    YEAR_LONG = "365", _("365 days")
    THIS_MONTH = "month", _("This month")
    LAST_MONTH = "last_month", _("Last month")
    THIS_YEAR = "year", _("This year")
    ALL = "all", _("All days")


class ResultState(models.TextChoices):
    """What a report, or one number of it, can say for itself."""

    COMPUTED = "computed", _("Computed")
    TOO_FEW = "too_few", _("Too few answers")
    EMPTY = "empty", _("No answers")
    NOT_ASKED = "not_asked", _("Not asked")
    COMPUTING = "computing", _("Still computing")
    FAILED = "failed", _("Failed")


class ExportKind(models.TextChoices):
    """What a file of responses is."""

    CSV = "csv", _("CSV: for programs and spreadsheets")
    XLSX = "xlsx", _("XLSX: a spreadsheet")
    SAV = "sav", _("SAV: SPSS, with labels and missing values")
    ZIP = "zip", _("ZIP: CSV with a codebook, for statistics programs")


class ExportState(models.TextChoices):
    """How far a file of responses has come."""

    WAITING = "waiting", _("Waiting for a worker")
    RUNNING = "running", _("In the making")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class ScheduleStep(models.TextChoices):
    """How often a schedule sends."""

    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")


class StopReason(models.TextChoices):
    """Why a schedule does not send to a recipient."""

    OWNER = "owner", _("Whoever set it up reads no reports any more")
    MEMBER = "member", _("Reads no reports any more")
    PLACES = "places", _("Can no longer see all that the report is about")


class DeliveryState(models.TextChoices):
    """How far a mail to a member has come. DOUBTFUL: it was handed over, and nobody heard whether it was taken."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    DOUBTFUL = "doubtful", _("Sent, without an answer")
    FAILED = "failed", _("Not sent")


class AlertKind(models.TextChoices):
    """What an alert looks for in the days of its report; or, a low score, as each response comes in."""

    MEAN_BELOW = "mean_below", _("The mean falls below")
    MEAN_ABOVE = "mean_above", _("The mean rises above")
    SHARE_BELOW = "share_below", _("The share of 4s and 5s, in percent, falls below")
    SHARE_ABOVE = "share_above", _("The share of 4s and 5s, in percent, rises above")
    SIGNAL = "signal", _("The latest point of the trend stands out")
    OUTLIER = "outlier", _("A location is out of line with the others")
    LOW_SCORE = "low_score", _("A single response scores as low as, or lower than")


class AlertState(models.TextChoices):
    """How an alert stands for one recipient. UNKNOWN: it was not looked at yet, or nothing could be said so far."""

    UNKNOWN = "unknown", pgettext_lazy("alert", "Not known yet")
    CALM = "calm", pgettext_lazy("alert", "Fine")
    RAISED = "raised", pgettext_lazy("alert", "Raised")


class Told(Enum):
    """What a row of the large query tells of."""

    LOCATIONS = "locations"
    PARTS = "parts"  # of any facet, or of the locations before
    BEFORE = "before"
    CHOSEN = "chosen"  # by piece, like all that follow but the last
    EVERYTHING = "everything"
    MODES = "modes"
    MARGINS = "margins"
    PRESENT = "present"
