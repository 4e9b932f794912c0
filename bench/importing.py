"""Importing a hundred thousand rows of fourteen ratings and a location, on PostgreSQL and on SQLite.

The rows are those of the real file where it lies beside the repository, again and again; else made-up ones of its
shape. Beside each import stands its floor: the same file through csv.reader and the same rows through executemany,
with no check, no known ids, no progress. While an import runs, another process stores a response every 50 ms, as
customers would, and notes how long it waited at worst.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "airline.csv"
ROWS = 100_000
RATINGS = [
    *(
        "Inflight_wifi_service",
        "Departure_Arrival_time_convenient",
        "Ease_of_Online_booking",
        "Gate_location",
    ),
    *("Food_and_drink", "Online_boarding", "Seat_comfort", "Inflight_entertainment", "On_board_service"),
    *("Leg_room_service", "Baggage_handling", "Checkin_service", "Inflight_service", "Cleanliness"),
]
MAP = {
    "questions": {f"q{number}": header for number, header in enumerate(RATINGS, start=1)},
    "values": {"0": "x"},
    "date": {"on": "2025-06-30"},
    "location": {"column": "Class", "create": True},
}
INSERT = (
    "INSERT INTO bench_floor (id, version_id, location_id, touchpoint_id, mode, received_on, ratings, answers,"
    " flags, is_held, is_scored, is_heard) VALUES (%s, %s, %s, %s, 'import', '2025-06-30', %s, '{}', 0, %s, %s, true)"
)


def run(postgres_url: str) -> dict[str, object]:
    figures: dict[str, object] = {"rows": ROWS, "real_rows": REAL.exists()}
    with tempfile.TemporaryDirectory() as folder:
        urls = {"postgresql": postgres_url, "sqlite": f"sqlite:///{folder}/bench.sqlite3"}
        for name, url in urls.items():
            environment = {**os.environ, "DATABASE_URL": url, "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
            said = subprocess.run(
                [sys.executable, "-m", "bench.importing"], env=environment, stdout=subprocess.PIPE, check=True
            )
            figures[name] = json.loads(said.stdout)
            print(name, figures[name])
    return figures


def measure(folder: Path) -> dict[str, object]:
    """One database's figures, in a process of its own."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    survey, path = make_survey(), write_file(folder / "answers.csv")
    floor = timed(lambda: import_by_hand(survey, path))
    check = timed(lambda: look(survey, path))
    with customers(survey.live_version_id) as waits:
        ours = timed(lambda: bring(survey, path))
    again = timed(lambda: bring(survey, path))
    return {
        "floor_rows_per_second": round(ROWS / floor),
        "check_rows_per_second": round(ROWS / check),
        "import_rows_per_second": round(ROWS / ours),
        "of_floor": round(floor / ours, 3),
        "same_file_again_rows_per_second": round(ROWS / again),
        "customers_meanwhile": waits.ended(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def make_survey():
    from tests.factories import make_published, make_survey

    dimensions = ["quality", "speed", "convenience", "knowledge"]
    questions = [(key, dimensions[at % 4]) for at, key in enumerate(MAP["questions"])]
    return make_published(make_survey(slug="bench-importing"), questions=questions).survey


def write_file(path: Path) -> Path:
    lines = REAL.read_text().splitlines() if REAL.exists() else made_up_lines()
    with path.open("w") as file:
        file.write(f"{lines[0]}\n")
        for number in range(ROWS):
            file.write(f"{lines[1 + number % (len(lines) - 1)]}\n")
    return path


def made_up_lines() -> list[str]:
    chance = random.Random(7)
    rows = (
        [chance.choice(["Business", "Eco", "Eco Plus"]), *(str(chance.randint(0, 5)) for _ in RATINGS), "30"]
        for _ in range(5000)
    )
    return [",".join(["Class", *RATINGS, "Age"]), *(",".join(row) for row in rows)]


def timed(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def source_of(survey, path: Path):
    from surveys.importing.examining import Source, hash_file
    from surveys.importing.mapping import read_map

    return Source(path, hash_file(path), survey, read_map(MAP))


def look(survey, path: Path) -> None:
    from django.utils import timezone

    from surveys.actions.import_writer import count_new
    from surveys.importing.examining import examine

    examined = examine(source_of(survey, path), now=timezone.now(), take=count_new, tell=lambda _tally: None)
    assert examined.tally.rows == ROWS, examined.tally


def bring(survey, path: Path) -> None:
    from django.utils import timezone

    from surveys.actions.import_runs import import_file

    run = import_file(
        source=source_of(survey, path), name="bench", by=None, now=timezone.now(), tell=lambda _tally: None
    )
    assert (run.state, run.rows_imported + run.rows_known) == ("imported", ROWS), run.errors[:3]


def import_by_hand(survey, path: Path) -> None:
    """Read, turn, write: what nobody can do without."""
    import csv
    import uuid
    from itertools import batched

    from django.db import connection, transaction

    from organisation.models import Location, Touchpoint

    places = [survey.live_version_id, Location.objects.get(is_default=True).pk]
    places.append(Touchpoint.objects.get(is_default=True).pk)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor AS SELECT * FROM surveys_response WHERE 1 = 0")
        cursor.execute("CREATE UNIQUE INDEX bench_floor_id ON bench_floor (id)")
    with path.open(newline="") as file:
        reader = csv.DictReader(file)
        for batch in batched(reader, 2000, strict=False):
            ratings = ("".join(row[header] for header in RATINGS).replace("0", "x") for row in batch)
            rows = [(uuid.uuid4().hex, *places, signs, False, False) for signs in ratings]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(INSERT, rows)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_floor")


class customers:  # noqa: N801 (reads as what it is)
    """Another process that stores a response every 50 ms until the block ends."""

    def __init__(self, version: int) -> None:
        self.version = version

    def __enter__(self):
        command = [sys.executable, "-m", "bench.importing", str(self.version)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        return self

    def __exit__(self, *_: object) -> None:
        self.said, _nothing = self.process.communicate("end\n")

    def ended(self) -> dict[str, float]:
        return json.loads(self.said)


def answer_until_told(version: int) -> None:
    import select
    import uuid
    from datetime import date

    from organisation.models import Location, Touchpoint
    from surveys.models import Response

    place = {
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
    }
    waits = []
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        row = Response(
            id=uuid.uuid4(),
            version_id=version,
            mode="link",
            received_on=date(2025, 6, 30),
            ratings="5" * 14,
            **place,
        )
        waits.append(timed(lambda row=row: row.save(force_insert=True)))
    print(json.dumps({"stored": len(waits), "longest_wait_seconds": round(max(waits), 3)}))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback_site.settings")
    django.setup()
    if len(sys.argv) > 1:
        answer_until_told(int(sys.argv[1]))
    else:
        print(json.dumps(measure(Path(os.environ["DATA_DIR"]))))
