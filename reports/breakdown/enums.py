from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """By what the answers of a breakdown are told apart. Each answer is in one line of a way; of measures, in several."""

    REGION = "region", _("Region")
    LOCATION = "location", _("Location")
    TOUCHPOINT = "touchpoint", _("Touchpoint")
    CHANNEL = "channel", _("Channel")
    STAGE = "stage", _("Stage")
    MODE = "mode", _("Mode")
    SURVEY = "survey", _("Survey")
    MEASURE = "measure", _("Question")
    VERSION = "version", _("Version")
    WEEKDAY = "weekday", _("Day of the week")
    TIME = "time", _("Time")


class LineOrder(models.TextChoices):
    """In which order the rows of a breakdown stand."""

    SCORE = "score", _("Best first")
    NAME = "name", _("By name")
