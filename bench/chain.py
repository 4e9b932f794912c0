"""The report page of a chain: 200 locations, 6 touchpoints, 2 modes and two years, at 10,000 responses and more.

Nearly every response has cells of its own there. 1,000,000 responses with `--full`, else 100,000. They are scored by
hand-written SQL, as that is not what is measured, and their blocks are made as the worker makes them. Both sizes take
turns; a page is made anew each time. A database that was kept (`BENCH_DATABASE_URL`) is only measured.
"""

from __future__ import annotations

import statistics
import sys
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.reports import make_survey, queries, ratio, signed_in, timed
from bench.scoring import BY_HAND, some_ratings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

SMALL = 10_000
TOUCHPOINTS, MODES = 6, ("link", "kiosk")
REGIONS = (60, 70, 70)
FIRST, DAYS = date(2024, 1, 1), 730
ROUNDS = 12
QUARTER, RAGGED = "from=2025-04-01&to=2025-06-30", "from=2025-03-12&to=2025-06-10"
TWO_YEARS = "from=2024-01-01&to=2025-12-30"
ASKED = {
    "no filter": QUARTER,
    "two years": TWO_YEARS,
    "ragged days": RAGGED,
    "a manager": QUARTER,
    "a region": f"{QUARTER}&region=chain-0",
    "a location": f"{QUARTER}&location=chain-5",
    "a mode": f"{QUARTER}&mode=kiosk",
    "a touchpoint": f"{QUARTER}&touchpoint=chain-2",
    "a touchpoint, two years": f"{TWO_YEARS}&touchpoint=chain-2",
    "a touchpoint, ragged days": f"{RAGGED}&touchpoint=chain-2",
    "a region and a touchpoint": f"{QUARTER}&region=chain-0&touchpoint=chain-2",
    "a location and a mode": f"{QUARTER}&location=chain-5&mode=kiosk",
}
MOST_TIMES, MOST_MS, MOST_QUERIES = 1.2, 100, 12
BROKEN_DOWN = {
    "locations by touchpoints": f"{QUARTER}&rows=location&columns=touchpoint",
    "locations by touchpoints, two years": f"{TWO_YEARS}&rows=location&columns=touchpoint",
    "questions by locations": f"{QUARTER}&rows=location&columns=measure",
}


def run(postgres_url: str) -> dict[str, object]:
    large = 1_000_000 if "--full" in sys.argv else 100_000
    seconds = fill(large)
    clients = {"a manager": manager()}
    everywhere = signed_in()
    figures = {
        name: compare(clients.get(name, everywhere), address, large) for name, address in ASKED.items()
    }
    for name, address in BROKEN_DOWN.items():
        figures[name] = compare(everywhere, address, large, "/reports/breakdown/")
    tell(figures)
    return {"seconds_to_make_the_blocks": seconds, **figures}


def fill(large: int) -> float | None:
    """Seconds that the worker needed for all blocks; None where they are there from an earlier run."""
    from surveys.models import Survey

    if Survey.objects.filter(slug=f"chain-{large}").exists():
        return None
    make_places()
    for n in (SMALL, large):
        store(n)
    return score_and_make()


def make_places() -> None:
    from organisation.models import Location, Region, Touchpoint

    number = 0
    for at, many in enumerate(REGIONS):
        region = Region.objects.create(code=f"chain-{at}", name=f"Chain region {at}")
        names = range(number, number := number + many)
        Location.objects.bulk_create(
            Location(code=f"chain-{name}", name=f"Chain {name}", region=region) for name in names
        )
    Touchpoint.objects.bulk_create(
        Touchpoint(code=f"chain-{at}", name=f"Chain {at}", channel="phone", stage="decision")
        for at in range(TOUCHPOINTS)
    )


def manager() -> Client:
    from django.test import Client

    from organisation.models import Member, Region

    member, _created = Member.objects.get_or_create(
        email="bench-chain@example.org", defaults={"role": "manager"}
    )
    member.regions.add(Region.objects.get(code="chain-1"))
    client = Client()
    client.force_login(member)
    return client


def store(n: int) -> None:
    """Responses in the order of their days, each at a place of its own chance."""
    import numpy as np
    from django.db import connection

    from organisation.models import Location, Touchpoint

    _survey, version = make_survey(f"chain-{n}")
    chance = np.random.default_rng(n)
    places = list(Location.objects.filter(code__startswith="chain-").values_list("pk", flat=True))
    touchpoints = list(Touchpoint.objects.filter(code__startswith="chain-").values_list("pk", flat=True))
    columns = (
        "id, version_id, location_id, touchpoint_id, mode, received_on, ratings, answers, flags, is_held"
    )
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY surveys_response ({columns}, is_scored, is_heard) FROM STDIN") as copy:
            drawn = (iter(chance.choice(some, n).tolist()) for some in (places, touchpoints))
            for at, *place, ratings in zip(range(n), *drawn, some_ratings(chance, n), strict=False):
                mode, day = MODES[at % 2], FIRST + timedelta(days=at * DAYS // n)
                key = uuid.UUID(bytes=chance.bytes(16), version=4)
                copy.write_row((key, version, *place, mode, day, ratings, "{}", 0, False, False, True))
        cursor.execute("ANALYZE surveys_response")


def score_and_make() -> float:
    """Seconds that the worker needs for all blocks."""
    from django.db import connection

    from scoring.actions import make_due_blocks
    from scoring.blocks import mark_moved
    from scoring.models import MeasureCell

    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # every key was just read: none is looked up again
        cursor.execute(BY_HAND.read_text())
        cursor.execute("RESET session_replication_role")
        cells = MeasureCell.objects.values_list("measure__survey", "day").distinct()
        mark_moved(days=cells.iterator(), now=datetime.now(tz=UTC) - timedelta(days=1))
        began = time.perf_counter()
        make_due_blocks(clock=lambda: datetime.now(tz=UTC))
        taken = time.perf_counter() - began
        cursor.execute("VACUUM ANALYZE")
    return round(taken, 1)


def compare(client: Client, address: str, large: int, page: str = "/reports/") -> dict[str, object]:
    from django.core.cache import cache

    addresses = {n: f"{page}?survey=chain-{n}&{address}" for n in (SMALL, large)}
    made: dict[int, list[float]] = {n: [] for n in addresses}
    worked: dict[int, list[float]] = {n: [] for n in addresses}
    for round_ in range(ROUNDS + 1):
        for n, url in addresses.items():
            cache.clear()
            began = time.process_time()
            taken = timed(client, url)
            if round_:  # the first one loads libraries
                made[n].append(taken)
                worked[n].append(time.process_time() - began)
    page_ms, processor_ms = (
        {str(n): round(1000 * statistics.median(times), 1) for n, times in taken.items()}
        for taken in (made, worked)
    )
    found: dict[str, object] = {
        "page_ms": page_ms,
        "processor_ms": processor_ms,  # of the site alone: what a busy machine does not change much
        "ratio": ratio(made[large], made[SMALL]),
        "processor_ratio": ratio(worked[large], worked[SMALL]),
        "queries": {str(n): queries(client, url) for n, url in addresses.items()},
        # Where the smaller side has less to show, as most of it is withheld, it is no measure for the larger.
        "page_kb": {str(n): len(client.get(url).content) // 1000 for n, url in addresses.items()},
    }
    return {**found, "short_of": list(short_of(found, large))}


def short_of(found: dict[str, Any], large: int) -> Iterator[str]:
    """What of the three demands is not met."""
    if found["ratio"] > MOST_TIMES:
        yield f"{found['ratio']} times, wanted at most {MOST_TIMES}"
    if found["page_ms"][str(large)] >= MOST_MS:
        yield f"{found['page_ms'][str(large)]} ms, wanted under {MOST_MS}"
    if max(found["queries"].values()) > MOST_QUERIES:
        yield f"{max(found['queries'].values())} queries, wanted at most {MOST_QUERIES}"


def tell(figures: dict[str, dict[str, Any]]) -> None:
    for name, found in figures.items():
        said = f"short: {'; '.join(found['short_of'])}" if found["short_of"] else "PASS"
        print(
            f"chain, {name}: page made {found['page_ms']} ms, {found['ratio']} times; processor "
            f"{found['processor_ms']} ms, {found['processor_ratio']} times; queries {found['queries']}; "
            f"page {found['page_kb']} kB: {said}"
        )
