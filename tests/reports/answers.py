"""Answers that are counted, and the report that a member then reads."""

from datetime import UTC, date, datetime

from django.http import QueryDict

from organisation.enums import Role
from organisation.models import Location, Touchpoint
from reports.reading import ask, report_for
from reports.vocabulary import load_vocabulary
from scoring.actions.pending import score_all_pending
from surveys.enums import Mode
from surveys.models import Response
from tests.factories import make_member

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 31)
IN_MARCH = date(2026, 3, 10)
EVERY_DAY = "period=all"


def answer(version, *ratings, **fields):
    """One response for each string of ratings, not counted yet."""
    answer_all(version, [{"ratings": rating, **fields} for rating in ratings])


def answer_all(version, rows):
    """Responses with a location, touchpoint, mode and day (`on`) each, or the usual ones."""
    usual = {
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
        "mode": Mode.LINK,
    }
    Response.objects.bulk_create(
        Response(version=version, received_on=row.get("on", IN_MARCH), **usual | without(row, "on"))
        for row in rows
    )


def without(row, key):
    return {name: value for name, value in row.items() if name != key}


def count():
    score_all_pending(clock=lambda: NOW)


def counted(version, *ratings, **fields):
    answer(version, *ratings, **fields)
    count()


def administrator():
    return make_member(Role.ADMINISTRATOR)


def asked(query="", member=None):
    vocabulary = load_vocabulary(member or administrator())
    return ask(QueryDict(query), vocabulary, now=NOW)


def report(query="", member=None):
    return report_for(asked(query, member))


def of(report, dimension):
    return next(result for result in report.dimensions if result.dimension == dimension)
