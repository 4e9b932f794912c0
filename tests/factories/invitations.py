from datetime import UTC, datetime
from itertools import count

from django.conf import settings

from organisation.models import Location, Touchpoint
from surveys.inviting.links import derived_token, hash_of, new_nonce
from surveys.models import Invitation, Mailing
from tests.factories.surveys import make_published

number = count(1)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def make_mailing(survey=None, **fields):
    """A draft; `state="sending"` is enough to have it sent."""
    defaults = {
        "survey": survey or make_published().survey,
        "name": f"Mailing {next(number)}",
        "subject": "How did we do?",
        "body": "Please tell us what you think.",
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
        "reminders": 0,
        "origin": "https://feedback.example.org",
        "created_at": NOW,
        "ended_at": NOW if fields.get("state") in {"sent", "stopped"} else None,
    }
    return Mailing.objects.create(**{**defaults, **fields})


def make_invitation(mailing=None, **fields):
    """Waiting for its first mail; with `sent_at` it was sent."""
    mailing = mailing or make_mailing()
    nonce = new_nonce()
    defaults = {
        "email": f"customer{next(number)}@example.org",
        "language": mailing.survey.language,
        "location": mailing.location,
        "touchpoint": mailing.touchpoint,
        "nonce": nonce,
        "token_hash": hash_of(derived_token(nonce, settings.SECRET_KEY)),
        "due_at": None if "sent_at" in fields else NOW,
        "state": "sent" if "sent_at" in fields else "waiting",
    }
    return Invitation.objects.create(mailing=mailing, **{**defaults, **fields})
