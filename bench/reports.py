"""A report page at 1,000,000 responses against 1,000 with the same days; charts against bare matplotlib; kept charts.

The page reads cells, so cells are what is written here, twice: of one shop, where both sizes fill the same cells (one
a day for each question), and of an organisation of 12 locations, 6 touchpoints and 2 modes, where 1,000 responses
fill 1,000 places and days and 1,000,000 fill nearly 13,000: there the cells grow too, not only what they count. There
are no responses behind them, so the worker cannot add their days up (docs/decisions/0033), and a page reads all of the
cells: what it costs right after a large import, which grows with the cells. `chain` has them added up. A page is "made"
when its numbers have moved since it was last read, and "kept" when they have not. Both sides take turns.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bench.bare_charts import BARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.test import Client

SMALL, LARGE = 1_000, 1_000_000
DAYS, QUESTIONS = 90, 20
ROUNDS, DRAWINGS, ASKS = 15, 12, 60
SHAPES = {"one_shop": (1, 1, 1), "organisation": (12, 6, 2)}
PERIOD = "from=2026-01-01&to=2026-03-31&by=week"
# A cell of c responses; the keys of the places and days that n responses fall on.
KEYS = """
    SELECT l.id AS location, t.id AS touchpoint, m.mode, date '2026-01-01' + d AS day,
        %(n)s / %(keys)s + CASE WHEN (row_number() OVER (ORDER BY d, l.id, t.id, m.mode) * 7919) %% %(keys)s
            < %(n)s %% %(keys)s THEN 1 ELSE 0 END AS c
    FROM (SELECT id FROM organisation_location WHERE code LIKE 'bench-r%%' ORDER BY id LIMIT %(locations)s) l
    CROSS JOIN (SELECT id FROM organisation_touchpoint WHERE code LIKE 'bench-r%%' ORDER BY id LIMIT %(touchpoints)s) t
    CROSS JOIN unnest((ARRAY['link', 'kiosk'])[:%(modes)s]) AS m(mode)
    CROSS JOIN generate_series(0, %(days)s - 1) AS d
"""
MEASURES = f"""
    INSERT INTO scoring_measurecell (measure_id, version_id, location_id, touchpoint_id, mode, day,
        n1, n2, n3, n4, n5, not_applicable, blank, unreadable)
    SELECT q.id, %(version)s, k.location, k.touchpoint, k.mode, k.day,
        c / 20, c / 10, c / 5, c / 4, c - c / 20 - c / 10 - c / 5 - c / 4, 0, 0, 0
    FROM ({KEYS}) k CROSS JOIN surveys_measure q WHERE q.survey_id = %(survey)s AND c > 0
"""
DIMENSIONS = f"""
    INSERT INTO scoring_dimensioncell (survey_id, version_id, dimension, location_id, touchpoint_id, mode, day,
        responses, mean_sum, mean_squares, share_sum, share_squares)
    SELECT %(survey)s, %(version)s, x.dimension, k.location, k.touchpoint, k.mode, k.day,
        c, 3900000 * c::bigint, 15800000000 * c::bigint, 660000 * c::bigint, 550000000 * c::bigint
    FROM ({KEYS}) k CROSS JOIN (SELECT DISTINCT dimension FROM surveys_measure WHERE survey_id = %(survey)s) x
    WHERE c > 0
"""


@dataclass
class Filled:
    """A survey, and how many cells its responses filled."""

    slug: str
    cells: int


def run(postgres_url: str) -> dict[str, object]:
    client = signed_in()
    make_places()
    figures: dict[str, object] = {}
    for shape, sizes in SHAPES.items():
        surveys = {n: fill(f"{shape}-{n}", n, *sizes) for n in (SMALL, LARGE)}
        figures[shape] = compare_pages(client, surveys)
    large = f"/reports/charts/{{}}.svg?survey={surveys[LARGE].slug}&{PERIOD}"
    figures["charts"] = compare_charts(surveys[LARGE].slug)
    figures["kept_charts_ms"] = kept_charts(client, large)
    tell(figures)
    return figures


def signed_in() -> Client:
    from django.conf import settings
    from django.test import Client

    from feedback_site.warming import warm_up
    from organisation.models import Member

    warm_up().join()  # as in the server's processes
    settings.ALLOWED_HOSTS = ["testserver"]
    member, _created = Member.objects.get_or_create(
        email="bench-reports@example.org", defaults={"role": "administrator", "all_locations": True}
    )
    client = Client()
    client.force_login(member)
    return client


def make_places() -> None:
    from organisation.models import Location, Touchpoint

    locations = [Location(code=f"bench-r{at}", name=f"Bench place {at}") for at in range(12)]
    touchpoints = [
        Touchpoint(code=f"bench-r{at}", name=f"Bench {at}", channel="phone", stage="decision")
        for at in range(6)
    ]
    Location.objects.bulk_create(locations, ignore_conflicts=True)
    Touchpoint.objects.bulk_create(touchpoints, ignore_conflicts=True)


def fill(slug: str, n: int, locations: int, touchpoints: int, modes: int) -> Filled:
    """A published survey of 20 ratings whose cells hold n responses over 90 days."""
    from django.db import connection

    from scoring.blocks import mark_moved
    from scoring.models import DataVersion

    survey, version = make_survey(slug)
    places = {"locations": locations, "touchpoints": touchpoints, "modes": modes, "days": DAYS, "n": n}
    values = {"survey": survey, "version": version, "keys": locations * touchpoints * modes * DAYS, **places}
    cells = 0
    with connection.cursor() as cursor:
        for statement in (MEASURES, DIMENSIONS):
            cursor.execute(statement, values)
            cells += cursor.rowcount
        cursor.execute("ANALYZE scoring_measurecell, scoring_dimensioncell")
    now = datetime.now(tz=UTC)
    # There are no responses to make blocks from: every day is read from its cells.
    mark_moved(days=[(survey, date(2026, 1, 1) + timedelta(days=day)) for day in range(DAYS)], now=now)
    DataVersion.objects.create(survey_id=survey, number=1, moved_at=now)
    return Filled(slug, cells)


def make_survey(slug: str) -> tuple[int, int]:
    from surveys.enums import Dimension, Kind
    from surveys.models import Measure, Question, Survey, Version

    now = datetime.now(tz=UTC)
    survey = Survey.objects.create(slug=slug, name=slug, created_at=now)
    version = Version.objects.create(survey=survey, title=slug)
    for position in range(1, QUESTIONS + 1):
        dimension = list(Dimension)[position % 5]
        measure = Measure.objects.create(
            survey=survey, key=f"q{position}", kind=Kind.RATING, dimension=dimension
        )
        text = f"How was part {position} of it?"
        Question.objects.create(version=version, position=position, measure=measure, text=text)
    Version.objects.filter(pk=version.pk).update(number=1, published_at=now)
    Survey.objects.filter(pk=survey.pk).update(live_version=version)
    return survey.pk, version.pk


def compare_pages(client: Client, surveys: dict[int, Filled]) -> dict[str, object]:
    from django.core.cache import cache

    addresses = {n: f"/reports/?survey={survey.slug}&{PERIOD}" for n, survey in surveys.items()}
    made: dict[int, list[float]] = {n: [] for n in surveys}
    kept: dict[int, list[float]] = {n: [] for n in surveys}
    for round_ in range(ROUNDS + 1):
        for n, address in addresses.items():
            cache.clear()
            first, second = timed(client, address), timed(client, address)
            if round_:  # the first one loads libraries
                made[n].append(first)
                kept[n].append(second)
    milliseconds = {
        name: {str(n): round(1000 * statistics.median(times), 1) for n, times in taken.items()}
        for name, taken in (("made", made), ("kept", kept))
    }
    return {
        "cells": {str(n): survey.cells for n, survey in surveys.items()},
        "queries": {str(n): queries(client, address) for n, address in addresses.items()},
        "page_ms": milliseconds,
        "ratio_made": ratio(made[LARGE], made[SMALL]),
        "ratio_kept": ratio(kept[LARGE], kept[SMALL]),
    }


def queries(client: Client, address: str) -> int:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        timed(client, address)
    return len(captured)


def timed(client: Client, address: str, **headers: str) -> float:
    start = time.perf_counter()
    response = client.get(address, headers=headers)
    taken = time.perf_counter() - start
    assert response.status_code in {200, 304}, response.status_code
    return taken


def compare_charts(slug: str) -> dict[str, object]:
    """Each chart drawn from a report that is there, against the same marks and words on matplotlib's own axes."""
    from reports.charts import CHARTS, draw_chart

    report = read(slug)
    figures: dict[str, object] = {}
    for name, chart in CHARTS.items():
        ours: list[float] = []
        bare: list[float] = []
        for round_ in range(DRAWINGS + 1):
            for times, draw in (
                (ours, lambda c=chart: draw_chart(c, report, "svg")),
                (bare, lambda n=name: BARE[n](report)),
            ):
                start = time.perf_counter()
                draw()
                if round_:
                    times.append(time.perf_counter() - start)
        figures[name] = {
            "ours_ms": round(1000 * statistics.median(ours), 1),
            "bare_ms": round(1000 * statistics.median(bare), 1),
            "ratio": ratio(ours, bare),
        }
    return figures


def read(slug: str):
    from django.http import QueryDict

    from organisation.models import Member
    from reports.reading import ask, report_for
    from reports.vocabulary import load_vocabulary

    member = Member.objects.get(email="bench-reports@example.org")
    query = QueryDict(f"survey={slug}&{PERIOD}")
    return report_for(ask(query, load_vocabulary(member), now=datetime.now(tz=UTC)))


def kept_charts(client: Client, address: str) -> dict[str, float]:
    """Milliseconds of a whole request, sign-in included: read from where it is kept, and answered with 304."""
    url = address.format("trend")
    etag = client.get(url)["ETag"]
    kept = [timed(client, url) for _ in range(ASKS)]
    unchanged = [timed(client, url, **{"If-None-Match": etag}) for _ in range(ASKS)]
    return {
        name: round(1000 * statistics.median(times), 2)
        for name, times in (("from_cache", kept), ("not_modified", unchanged))
    }


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Median of the rounds' own ratios: each round had the machine to itself or shared it alike."""
    return round(statistics.median(one / other for one, other in zip(ours, theirs, strict=True)), 2)


def tell(figures: dict[str, object]) -> None:
    for shape in SHAPES:
        found = figures[shape]
        wanted = "wanted at most 1.2" if shape == "one_shop" else "cells that were never added up; see chain"
        print(
            f"reports, {shape}: page made {found['page_ms']['made']} ms, {found['ratio_made']} times ({wanted}); kept {found['page_ms']['kept']} ms, {found['ratio_kept']} times; "
            f"cells {found['cells']}; queries {found['queries']} (wanted at most 12)"
        )
    for name, found in figures["charts"].items():
        print(
            f"reports, chart {name}: ours {found['ours_ms']} ms, bare {found['bare_ms']} ms, {found['ratio']} times (1.3)"
        )
    print(f"reports, kept charts: {figures['kept_charts_ms']} ms (wanted under 3)")
