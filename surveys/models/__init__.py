from surveys.models.access_keys import AccessKey
from surveys.models.addresses import ContactMoment, Unsubscribed
from surveys.models.contacts import Contact
from surveys.models.imports import ImportRun
from surveys.models.invitations import Invitation, SurveyDraft
from surveys.models.kiosks import KioskRule
from surveys.models.mailings import Mailing
from surveys.models.mails import Bounce, Mail
from surveys.models.origins import AllowedOrigin
from surveys.models.questions import Measure, Question
from surveys.models.responses import Response
from surveys.models.spent_keys import SpentKey
from surveys.models.surveys import Survey, Version

__all__ = [
    "AccessKey",
    "AllowedOrigin",
    "Bounce",
    "Contact",
    "ContactMoment",
    "ImportRun",
    "Invitation",
    "KioskRule",
    "Mail",
    "Mailing",
    "Measure",
    "Question",
    "Response",
    "SpentKey",
    "Survey",
    "SurveyDraft",
    "Unsubscribed",
    "Version",
]
