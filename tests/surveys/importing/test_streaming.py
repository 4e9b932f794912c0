"""A hundred thousand rows pass through a process without staying in it."""

import json
import os
import subprocess
import sys

import pytest

from tests.house import ours

# Imported before, to have everything loaded; checked; imported.
FEW, MANY, SOME = 4_000, 100_000, 20_000
# What the process may grow by after the first few.
MEGABYTES = 16
PROGRAM = """
import json, os, resource, sys
from pathlib import Path

import django

django.setup()
from django.core.management import call_command
from django.utils import timezone

from surveys.actions.import_runs import import_file
from surveys.actions.import_writer import count_new
from surveys.importing.examining import Source, examine, hash_file
from surveys.importing.mapping import read_map
from surveys.models import Response
from tests.factories import make_published

call_command("migrate", verbosity=0)
KEYS = ["one", "two", "three", "four"]
survey = make_published(questions=[(key, "quality") for key in KEYS]).survey
said = read_map({"questions": {key: key for key in KEYS}, "values": {"0": "x"}, "id": {"column": "Ticket"}})


def write(begins, rows):
    path = Path(os.environ["DATA_DIR"]) / "answers.csv"
    with path.open("w") as file:
        file.write("Ticket," + ",".join(KEYS) + "\\n")
        for number in range(begins, begins + rows):
            file.write(f"ticket {number},{number % 6},{number % 5 + 1},{number % 4 + 1},5\\n")
    return Source(path, hash_file(path), survey, said)


def look(rows):
    # A check writes nothing: how many are new.
    return examine(write(0, rows), now=timezone.now(), take=count_new, tell=lambda _tally: None).tally.new


def bring(begins, rows):
    run = import_file(source=write(begins, rows), name="a", by=None, now=timezone.now(), tell=lambda _tally: None)
    return run.state, run.rows_imported


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)


bring(0, FEW)
before = peak()
good = look(MANY)
state, imported = bring(FEW, SOME)
print(json.dumps([good, state, imported, Response.objects.unscored().count(), peak() - before]))
"""


@pytest.mark.processes
def test_a_hundred_thousand_rows_stream_in_flat_memory(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ours.ROOT),
        "DJANGO_SETTINGS_MODULE": "feedback_site.settings",
        "DATA_DIR": str(tmp_path),
    }

    said = subprocess.run(
        [sys.executable, "-c", f"FEW, MANY, SOME = {FEW}, {MANY}, {SOME}\n{PROGRAM}"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    good, *written, grown = json.loads(said.stdout)
    assert good == MANY - FEW
    assert written == ["imported", SOME, SOME + FEW]
    assert grown < MEGABYTES
