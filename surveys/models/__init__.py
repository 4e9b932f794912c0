from surveys.models.imports import ImportRun
from surveys.models.kiosks import KioskRule
from surveys.models.origins import AllowedOrigin
from surveys.models.questions import Measure, Question
from surveys.models.responses import Response
from surveys.models.surveys import Survey, Version

__all__ = [
    "AllowedOrigin",
    "ImportRun",
    "KioskRule",
    "Measure",
    "Question",
    "Response",
    "Survey",
    "Version",
]
