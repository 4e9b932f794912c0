from surveys.models.imports import ImportRun
from surveys.models.questions import Measure, Question
from surveys.models.responses import Response
from surveys.models.surveys import Survey, Version

__all__ = ["ImportRun", "Measure", "Question", "Response", "Survey", "Version"]
