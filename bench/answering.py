"""GET + POST + thanks of a survey of 20 ratings against the floor, on granian with two processes and PostgreSQL."""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

from bench.load import Load, run_load
from tests.servers.processes import Process, free_port

ROUNDS = 7
SECONDS = 4.0
STORED = 100_000


def run(postgres_url: str) -> dict[str, object]:
    ids = make_survey()
    ours, floor = served(postgres_url, ids)
    with ours[0], floor[0]:
        for _process, port in (ours, floor):
            _process.wait_for_port(port)
            warm = run_load(port, "/s/bench/", seconds=2)
            if warm.failures:
                raise SystemExit(f"The flow fails: {warm.failures[0][:300]!r}")
        rounds = [(_round(ours[1]), _round(floor[1])) for _ in range(ROUNDS)]
    figures = compare(rounds)
    figures["bytes_per_response"] = bytes_per_response()
    figures["queries"] = count_queries()
    print(
        f"answering: ours {figures['ours_flows_per_second']:.0f} flows/s, "
        f"floor {figures['floor_flows_per_second']:.0f}, ratio {figures['ratio']:.2f} (wanted 0.80); "
        f"p99 ours {figures['ours_p99_ms']:.1f} ms, floor {figures['floor_p99_ms']:.1f} ms, "
        f"ratio {figures['p99_ratio']:.2f} (wanted at most 2); "
        f"{figures['bytes_per_response']} bytes a response (wanted at most 250)"
    )
    return figures


def _round(port: int) -> Load:
    load = run_load(port, "/s/bench/", seconds=SECONDS)
    if load.failures:
        raise SystemExit(f"A flow failed: {load.failures[0][:300]!r}")
    return load


def make_survey() -> tuple[int, int, int]:
    """A published survey of 20 ratings at /s/bench/."""
    from organisation.models import Location, Touchpoint
    from surveys.enums import Dimension, Kind
    from surveys.models import Measure, Question, Survey, Version

    now = datetime.now(tz=UTC)
    survey = Survey.objects.create(slug="bench", name="Bench", created_at=now)
    version = Version.objects.create(survey=survey, title="How did we do?", intro="Twenty short questions.")
    dimensions = list(Dimension)
    for position in range(1, 21):
        measure = Measure.objects.create(
            survey=survey, key=f"q{position}", kind=Kind.RATING, dimension=dimensions[position % 5]
        )
        Question.objects.create(
            version=version,
            position=position,
            measure=measure,
            text=f"How was part {position} of our service?",
        )
    version.number, version.published_at = 1, now
    version.save()
    survey.live_version = version
    survey.save()
    return version.pk, Location.objects.get(is_default=True).pk, Touchpoint.objects.get(is_default=True).pk


def served(postgres_url: str, ids: tuple[int, int, int]) -> tuple[tuple[Process, int], tuple[Process, int]]:
    """Both sites, each on a granian of its own with two processes, threads as `manage.py serve` has them."""
    from django.db import connection
    from django.test import Client

    client, folder = Client(), Path(os.environ["DATA_DIR"])
    page = client.get("/s/bench/").content.decode()
    (folder / "page.html").write_text(
        re.sub(r'name="token" value="[^"]*"', 'name="token" value="floor"', page)
    )
    (folder / "thanks.html").write_bytes(client.get("/s/bench/thanks/").content)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE floor_response (LIKE surveys_response INCLUDING ALL)")
        for column, table in (
            ("version", "surveys"),
            ("location", "organisation"),
            ("touchpoint", "organisation"),
        ):
            cursor.execute(
                f"ALTER TABLE floor_response ADD FOREIGN KEY ({column}_id) REFERENCES {table}_{column}(id) "
                "DEFERRABLE INITIALLY DEFERRED"
            )
    here = Path(__file__).parent
    environment = {
        "DATABASE_URL": postgres_url,
        "FLOOR_PAGE": str(folder / "page.html"),
        "FLOOR_THANKS": str(folder / "thanks.html"),
        "FLOOR_IDS": ",".join(map(str, ids)),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "bench",
        "PYTHONPATH": f"{here.parent}:{here}",
    }
    return tuple(  # type: ignore[return-value]
        _serve(target, environment) for target in ("feedback_site.wsgi:application", "floor_site:application")
    )


def _serve(target: str, environment: dict[str, str]) -> tuple[Process, int]:
    from feedback_site.serving import THREADS

    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
    command += ["--blocking-threads", str(THREADS), "--port", str(port), "--log-level", "warning", target]
    return Process(*command, environment=environment), port


def compare(rounds: list[tuple[Load, Load]]) -> dict[str, object]:
    """Medians over rounds taken in turn; the ratio is the median of the rounds' own ratios."""

    def median(values: list[float]) -> float:
        return round(statistics.median(values), 3)

    return {
        "ours_flows_per_second": median([ours.flows_per_second for ours, _floor in rounds]),
        "floor_flows_per_second": median([floor.flows_per_second for _ours, floor in rounds]),
        "ratio": median([ours.flows_per_second / floor.flows_per_second for ours, floor in rounds]),
        "ours_p99_ms": median([ours.percentile(0.99) for ours, _floor in rounds]),
        "floor_p99_ms": median([floor.percentile(0.99) for _ours, floor in rounds]),
        "p99_ratio": median([ours.percentile(0.99) / floor.percentile(0.99) for ours, floor in rounds]),
    }


def bytes_per_response() -> int:
    """Size with all indexes after 100,000 responses were stored one by one in random key order."""
    from django.db import connection

    from organisation.models import Location, Touchpoint
    from surveys.models import Response, Version

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE surveys_response CASCADE")
    version = Version.objects.get(survey__slug="bench")
    place = {
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
    }
    rng = random.Random(7)
    for _ in range(STORED // 1000):
        Response.objects.bulk_create(
            Response(
                id=uuid.UUID(int=rng.getrandbits(128), version=4),
                version=version,
                **place,
                mode="link",
                received_on=date(2026, 1, 1),
                ratings="".join(rng.choices("12345", k=20)),
                is_scored=True,
            )
            for _ in range(1000)
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('surveys_response')")
        return int(cursor.fetchone()[0]) // STORED


def count_queries() -> dict[str, int]:
    """Queries of a GET and of a POST by a process that remembers nothing of the second before."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from surveys.answering import places

    client, counted = Client(), {}
    client.get("/s/bench/")
    for state in ("fresh", "remembered"):
        if state == "fresh":
            places.forget()
        with CaptureQueriesContext(
            connection,
        ) as get:
            page = client.get("/s/bench/").content.decode()
        token = re.search(r'name="token" value="([^"]*)"', page)[1]
        with CaptureQueriesContext(connection) as post:
            client.post("/s/bench/", {"token": token, "q1": "5"})
        counted |= {f"get_{state}": len(get), f"post_{state}": len(post)}
    return counted
