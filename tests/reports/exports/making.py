"""Responses that are counted, and files that are made of them."""

import csv
import io
from datetime import date, timedelta

from django.utils import timezone

from reports.exports.making import go_on
from tests.factories import make_location, make_published, make_response
from tests.reports.answers import answer_all, count

ROWS = 25


def answered():
    """Responses of five days at two places, counted, and a held one that is not."""
    version = make_published()
    places = [make_location(code="harbour"), make_location(code="station")]
    rows = [
        {
            "ratings": f"{1 + at % 5}554x",
            "location": places[at % 2],
            "on": date(2026, 3, 1) + timedelta(days=at % 5),
        }
        for at in range(ROWS)
    ]
    answer_all(version, rows)
    make_response(version, is_held=True)
    count()
    return version


def make(export, *, piece=1000, bites=None):
    """Until it is whole, or only so many pieces."""
    late = timezone.now() - timedelta(seconds=1)
    done = 0
    while (bites is None or done < bites) and go_on(
        export_id=export.pk, clock=timezone.now, until=late, piece=piece
    ):
        done += 1
    export.refresh_from_db()
    return export


def rows_of(export):
    text = export.path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
