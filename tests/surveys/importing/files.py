"""A survey, a map and a reader for tests about rows."""

from datetime import UTC, datetime

from surveys.answering.published import published
from surveys.enums import Dimension, Kind
from surveys.importing.mapping import read_map
from surveys.importing.places import Places, known_locations, known_touchpoints
from surveys.importing.rows import RowReader
from tests.factories import make_draft, make_published, make_question, make_survey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPTIONS = [{"key": "a", "label": "In the shop"}, {"key": "b", "label": "On the phone"}]


def make_mixed_survey(**fields):
    """Published: speed and tidy (no “does not apply”) are ratings, then a choice, several choices and a text."""
    draft = make_draft(make_survey(**fields), questions=[("speed", Dimension.SPEED)])
    tidy = {"key": "tidy", "dimension": Dimension.QUALITY, "allows_not_applicable": False}
    make_question(draft, 2, **tidy)
    make_question(draft, 3, key="where", kind=Kind.SINGLE_CHOICE, options=OPTIONS)
    make_question(draft, 4, key="ways", kind=Kind.SEVERAL_CHOICES, options=OPTIONS)
    make_question(draft, 5, key="note", kind=Kind.TEXT)
    return make_published(draft=draft).survey


HEADERS = ["Speed", "Tidy", "Where", "Ways", "Note", "Day", "Shop", "Touch", "Ticket"]
QUESTIONS = {"speed": "Speed", "tidy": "Tidy", "where": "Where", "ways": "Ways", "note": "Note"}


def make_reader(survey, *, headers=HEADERS, origin="0" * 64, now=NOW, **said):
    said = read_map({"questions": QUESTIONS, **said})
    return RowReader(
        version=published(survey.live_version_id, survey.language),
        said=said,
        headers=headers,
        locations=Places(known_locations(), said.location),
        touchpoints=Places(known_touchpoints(), said.touchpoint),
        origin=origin,
        now=now,
    )


def cells(**given):
    """A row by the names of HEADERS in small letters, rated 5 unless it says otherwise."""
    return [str({"speed": "5", **given}.get(header.lower(), "")) for header in HEADERS]
