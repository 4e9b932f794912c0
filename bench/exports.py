"""A file of a million responses against PostgreSQL's own COPY of the same rows, and against a hundred thousand of them.

Each file is made in a process of its own, whose memory is what it takes; rounds of ours and of COPY are run in turn.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

FEW, MANY = 100_000, 1_000_000
ROUNDS = 3
MEGABYTE = 1024
FILL = """
    INSERT INTO surveys_response (id, version_id, location_id, touchpoint_id, mode, received_on, ratings,
                                  answers, flags, is_held, is_scored, is_heard)
    SELECT gen_random_uuid(), %(version)s,
           (SELECT array_agg(id ORDER BY id) FROM organisation_location)[1 + at %% %(places)s],
           (SELECT id FROM organisation_touchpoint WHERE is_default), 'link',
           date '2024-03-01' + (at * 730::bigint / %(rows)s)::int,
           translate(lpad((at * 7654321::bigint %% 9765625)::text, 10, '0'), '06789', '55432'), '{}', 0, false, true, true
    FROM generate_series(1, %(rows)s) AS at
"""
COPIED = """
    COPY (SELECT r.id, r.received_on, r.received_at, r.location_id, r.touchpoint_id, r.mode, r.ratings, r.flags, r.answers
          FROM surveys_response AS r WHERE r.version_id = %s AND r.is_scored) TO STDOUT (FORMAT csv)
"""


def run(postgres_url: str) -> dict[str, object]:
    versions = {rows: fill(postgres_url, rows) for rows in (FEW, MANY)}
    found: dict[str, list[dict[str, float]]] = {"few": [], "many": [], "copy": []}
    with tempfile.TemporaryDirectory() as folder:
        for _round in range(ROUNDS):
            found["few"].append(make(versions[FEW], "csv", folder))
            found["copy"].append(copy(postgres_url, versions[MANY], folder))
            found["many"].append(make(versions[MANY], "csv", folder))
        whole = {kind: make(versions[FEW], kind, folder) for kind in ("xlsx", "sav")}
    seconds = {name: min(one["seconds"] for one in rounds) for name, rounds in found.items()}
    memory = max(one["megabytes"] for one in found["many"])
    speed, growth = seconds["copy"] / seconds["many"], seconds["many"] / seconds["few"]
    print(
        f"exports, CSV of {MANY:,} responses: {seconds['many']:.1f} s, {memory:.0f} MB (wanted below 300); "
        f"{speed:.2f} of the speed of COPY, {seconds['copy']:.1f} s (wanted at least 0.33); "
        f"{growth:.1f} times as long as {FEW:,} (wanted at most 11)"
    )
    for kind, one in whole.items():
        print(f"exports, {kind.upper()} of {FEW:,}: {one['seconds']:.1f} s, {one['megabytes']:.0f} MB")
    return {"rounds": found, **whole, "of_copy": speed, "times_for_ten_times": growth}


def fill(url: str, rows: int) -> int:
    """A survey of ten ratings over 200 places and two years, all counted; its version."""
    from django.utils import timezone

    from organisation.models import Location
    from surveys.models import Measure, Question, Survey, Version

    now = timezone.now()
    if Location.objects.count() < 200:
        Location.objects.bulk_create(Location(code=f"x{at}", name=f"Place {at}") for at in range(200))
    survey = Survey.objects.create(slug=f"bench-exports-{rows}", name="Bench of exports", created_at=now)
    version = Version.objects.create(survey=survey, title="How did we do?")
    for position in range(1, 11):
        measure = Measure.objects.create(survey=survey, key=f"q{position}", kind="rating", dimension="speed")
        Question.objects.create(version=version, position=position, measure=measure, text="How was it?")
    Version.objects.filter(pk=version.pk).update(number=1, published_at=now)
    Survey.objects.filter(pk=survey.pk).update(live_version=version)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(FILL, {"version": version.pk, "places": Location.objects.count(), "rows": rows})
        connection.execute("VACUUM ANALYZE surveys_response")
    return int(version.pk)


def copy(url: str, version: int, folder: str) -> dict[str, float]:
    """The rows as they are, written to a file and brought to the disk."""
    begun = time.perf_counter()
    query = COPIED % int(version)
    with (
        psycopg.connect(url) as connection,
        connection.cursor().copy(query) as rows,
        (Path(folder) / "copied").open("wb") as file,
    ):
        for block in rows:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return {"seconds": time.perf_counter() - begun}


def make(version: int, kind: str, folder: str) -> dict[str, float]:
    """In a process of its own, as a worker would."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.exports", str(version), kind, folder],
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(said.stdout))


def one(version: int, kind: str, folder: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    settings.MEDIA_ROOT = folder
    from organisation.models import Member
    from reports.exports.making import go_on
    from reports.models import ReportExport
    from surveys.models import Version

    slug = Version.objects.select_related("survey").get(pk=version).survey.slug
    owner, _made = Member.objects.get_or_create(email="bench@example.org", defaults={"role": "editor"})
    fields: dict[str, Any] = {"owner": owner, "kind": kind, "name": slug, "rows_total": 0}
    now = timezone.now()
    fields |= {"filters": f"survey={slug}&from=1970-01-01&to=2199-12-31", "asked_at": now}
    later = now + timedelta(days=7)
    export = ReportExport.objects.create(expires_at=later, **fields)
    begun = time.perf_counter()
    while go_on(export_id=export.pk, clock=timezone.now, until=timezone.now() + timedelta(seconds=5)):
        pass
    seconds = time.perf_counter() - begun
    export.refresh_from_db()
    assert export.state == "ready", export.state
    export.path.unlink()
    print(json.dumps({"seconds": seconds, "rows": export.rows_done, "megabytes": most_memory()}))


def most_memory() -> float:
    """Megabytes. What the system says of used resources would include whoever started this process."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / MEGABYTE


if __name__ == "__main__":
    one(int(sys.argv[1]), sys.argv[2], sys.argv[3])
