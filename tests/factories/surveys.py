from datetime import UTC, date, datetime
from itertools import count

from django.contrib.auth.hashers import make_password

from organisation.models import Location, Touchpoint
from surveys.enums import Dimension, Kind, Mode
from surveys.models import KioskRule, Measure, Question, Response, Survey, Version

number = count(1)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# key, dimension (or kind for what is no rating)
FIVE = (
    ("quality", Dimension.QUALITY),
    ("speed", Dimension.SPEED),
    ("convenience", Dimension.CONVENIENCE),
    ("knowledge", Dimension.KNOWLEDGE),
    ("overall", Dimension.OVERALL),
)


def make_survey(**fields):
    at = next(number)
    return Survey.objects.create(
        **{"slug": f"survey-{at}", "name": f"Survey {at}", "created_at": NOW, **fields}
    )


def make_draft(survey=None, questions=FIVE, **fields):
    """A draft version with a rating question for each (key, dimension)."""
    survey = survey or make_survey()
    version = Version.objects.create(**{"survey": survey, "title": "How did we do?", **fields})
    for position, (key, dimension) in enumerate(questions, start=1):
        make_question(version, position, key=key, dimension=dimension)
    return version


def make_question(version, position, *, key, dimension="", kind=Kind.RATING, is_reversed=False, **fields):
    measure, _created = Measure.objects.get_or_create(
        survey=version.survey,
        key=key,
        defaults={"kind": kind, "dimension": dimension, "is_reversed": is_reversed},
    )
    defaults = {"text": f"How was the {key}?", "allows_not_applicable": kind == Kind.RATING}
    return Question.objects.create(
        version=version, position=position, measure=measure, **{**defaults, **fields}
    )


def make_published(survey=None, questions=FIVE, draft=None, **fields):
    """A published version, live in its survey."""
    version = draft or make_draft(survey, questions, **fields)
    last = version.survey.versions.published().order_by("-number").first()
    version.number = last.number + 1 if last else 1
    version.published_at = NOW
    version.save(update_fields=["number", "published_at"])
    version.survey.live_version = version
    version.survey.save(update_fields=["live_version"])
    return version


def make_response(version, ratings="55555", **fields):
    defaults = {
        "location": fields.get("location") or Location.objects.get(is_default=True),
        "touchpoint": fields.get("touchpoint") or Touchpoint.objects.get(is_default=True),
        "mode": Mode.LINK,
        "received_on": date(2026, 3, 2),
    }
    return Response.objects.create(version=version, ratings=ratings, **{**defaults, **fields})


def make_kiosk(survey=None, pin="2468", **fields):
    """How the kiosks of a survey behave, and so that it may stand at one."""
    survey = survey or make_published().survey
    return KioskRule.objects.create(survey=survey, pin_hash=make_password(pin), **fields)
