"""Scoring 100,000 responses of 20 ratings with one worker, against the same work written by hand in SQL.

In turn, on the same rows, with empty cells before each round (so every cell is an INSERT with its foreign keys,
the dearest case). The server does not wait for the disk: durable commits would add the same to both sides, which
commit five times and once. The hand-written side looks for no repeated answers.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.answering import _serve
from bench.load import run_load
from tests.servers.processes import python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np

RESPONSES = 100_000
LOCATIONS, DAYS, QUESTIONS = 50, 30, 20
ROUNDS, SECONDS = 5, 4.0
BY_HAND = Path(__file__).with_suffix(".sql")
IN_A_PROCESS = """
import resource
import django
django.setup()
from django.utils import timezone
from scoring.actions import recount, score_all_pending
print(score_all_pending(clock=timezone.now), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(recount(check=True, now=timezone.now()).differed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
EVERY_SECOND = """
import time
import django
django.setup()
from django.utils import timezone
from scoring.actions import score_all_pending
while True:
    score_all_pending(clock=timezone.now)
    print("scoring", flush=True)
    time.sleep(1)
"""


def run(postgres_url: str) -> dict[str, object]:
    version = make_survey()
    store(version, RESPONSES)
    rounds: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        start_afresh()
        ours = {"ours": timed(score), "recount": timed(recount)}
        start_afresh()
        rounds.append({**ours, "by_hand": timed(score_by_hand)})
        recount()  # the two agree on every cell
    sizes = (10_000, 1_000_000) if "--full" in sys.argv else (10_000, 100_000)
    figures = {
        **compare(rounds),
        "submissions_while_scoring": submissions_while_scoring(postgres_url),
        "peak_mb": {size: peak_memory(version, size, postgres_url) for size in sizes},
    }
    tell(figures)
    return figures


def make_survey() -> int:
    """A published survey of 20 ratings in five dimensions, with weights and reversed items; its version's key."""
    from organisation.models import Location
    from surveys.enums import Dimension, Kind
    from surveys.models import Measure, Question, Survey, Version

    now = datetime.now(tz=UTC)
    survey = Survey.objects.create(slug="bench-scoring", name="Bench of scoring", created_at=now)
    version = Version.objects.create(survey=survey, title="How did we do?")
    for position in range(1, QUESTIONS + 1):
        measure = Measure.objects.create(
            survey=survey,
            key=f"q{position}",
            kind=Kind.RATING,
            dimension=list(Dimension)[position % 5],
            is_reversed=position % 7 == 0,
        )
        Question.objects.create(
            version=version, position=position, measure=measure, text="How was it?", weight=1 + position % 3
        )
    Version.objects.filter(pk=version.pk).update(number=1, published_at=now)
    Survey.objects.filter(pk=survey.pk).update(live_version=version)
    Location.objects.bulk_create(
        [Location(code=f"bench-{at}", name=f"Bench {at}") for at in range(LOCATIONS)], ignore_conflicts=True
    )
    return version.pk


def store(version: int, many: int) -> None:
    """Responses as they arrive, day by day, in a table of their own from which each round begins."""
    import numpy as np
    from django.db import connection

    from organisation.models import Location, Touchpoint

    chance = np.random.default_rng(20)
    places = list(Location.objects.filter(code__startswith="bench-").values_list("pk", flat=True))
    touchpoint = Touchpoint.objects.get(is_default=True).pk
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_response")
        cursor.execute("CREATE TABLE bench_response (LIKE surveys_response)")
        with cursor.copy(
            "COPY bench_response (id, version_id, location_id, touchpoint_id, mode, received_on, ratings,"
            " answers, flags, is_held, is_scored, is_heard) FROM STDIN"
        ) as copy:
            for at, ratings in enumerate(some_ratings(chance, many)):
                key = uuid.UUID(bytes=chance.bytes(16), version=4)
                day = date(2026, 1, 1) + timedelta(days=at * DAYS // many)
                place = places[int(chance.integers(LOCATIONS))]
                copy.write_row(
                    (key, version, place, touchpoint, "link", day, ratings, "{}", 0, False, False, True)
                )


def some_ratings(chance: np.random.Generator, many: int) -> Iterator[str]:
    """Alike within a response, with some that do not apply or were left blank."""
    import numpy as np

    for _ in range(0, many, 10_000):
        own = chance.normal(3.8, 0.7, (10_000, 1))
        signs = (np.rint(own + chance.normal(0, 0.8, (10_000, QUESTIONS))).clip(1, 5) + ord("0")).astype("u1")
        signs[chance.random(signs.shape) < 0.03] = ord("x")
        signs[chance.random(signs.shape) < 0.01] = ord("-")
        yield from (row.tobytes().decode() for row in signs)


def start_afresh() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE surveys_response, scoring_measurecell, scoring_dimensioncell, scoring_dataversion CASCADE"
        )
        cursor.execute("INSERT INTO surveys_response SELECT * FROM bench_response")
        cursor.execute("VACUUM ANALYZE surveys_response")


def timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def score() -> None:
    from django.utils import timezone

    from scoring.actions import score_all_pending

    assert score_all_pending(clock=timezone.now) == RESPONSES


def score_by_hand() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_HAND.read_text())


def recount() -> None:
    from django.utils import timezone

    from scoring.actions import recount

    found = recount(check=True, now=timezone.now())
    assert (found.responses, found.differed) == (RESPONSES, 0), found.differences[:3]


def compare(rounds: list[dict[str, float]]) -> dict[str, object]:
    """Medians over rounds taken in turn; the ratio is the median of the rounds' own ratios."""

    def rate(name: str) -> int:
        return round(statistics.median(RESPONSES / times[name] for times in rounds))

    return {
        "ours_responses_per_second": rate("ours"),
        "by_hand_responses_per_second": rate("by_hand"),
        "time_against_by_hand": round(statistics.median(one["ours"] / one["by_hand"] for one in rounds), 2),
        "recount_responses_per_second": rate("recount"),
    }


def submissions_while_scoring(postgres_url: str) -> float:
    """Customers' flows a second while a worker scores them every second, as a share of those without it."""
    environment = {
        "DATABASE_URL": postgres_url,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "bench",
    }
    site, port = _serve("feedback_site.wsgi:application", environment)
    worker = python("-c", EVERY_SECOND, environment=environment)
    shares = []
    with site, worker:
        site.wait_for_port(port)
        worker.wait_for_log("scoring")
        run_load(port, "/s/bench-scoring/", seconds=2)
        for number in range(2 * ROUNDS):
            # Each goes first in every other round: whoever goes first finds the machine as the other left it.
            flows = {}
            for is_scoring in (True, False) if number % 2 else (False, True):
                (worker.resume if is_scoring else worker.pause)()
                load = run_load(port, "/s/bench-scoring/", seconds=SECONDS / 2)
                assert not load.failures, load.failures[:1]
                flows[is_scoring] = load.flows_per_second
            shares.append(flows[True] / flows[False])
        worker.resume()
    return round(statistics.median(shares), 2)


def peak_memory(version: int, many: int, postgres_url: str) -> dict[str, int]:
    """The largest resident size, in MB, of a process that scores so many responses and then recounts them."""
    store(version, many)
    start_afresh()
    said = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS],
        env={**os.environ, "DATABASE_URL": postgres_url},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    scored, after_scoring, differed, after_recount = map(int, said.stdout.split())
    assert (scored, differed) == (many, 0)
    return {"scoring": after_scoring // 1024, "recount": after_recount // 1024}


def tell(figures: dict[str, object]) -> None:
    print(
        f"scoring: ours {figures['ours_responses_per_second']:,} responses/s (wanted 20,000), "
        f"by hand {figures['by_hand_responses_per_second']:,}, "
        f"time against it {figures['time_against_by_hand']} (wanted at most 3); "
        f"recount {figures['recount_responses_per_second']:,}; submissions while scoring "
        f"{figures['submissions_while_scoring']} of those without (wanted 0.85); peak memory in MB by responses: "
        f"{figures['peak_mb']}"
    )
