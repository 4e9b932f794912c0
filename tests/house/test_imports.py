"""The direction between rooms, and what a process that serves customers may load."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ours

SCRIPTS = Path(sys.executable).parent
HEAVY = {"pandas", "matplotlib", "scipy", "statsmodels", "numpy", "PIL", "xlsxwriter", "python_calamine"}
SERVES_A_CUSTOMER = """
import sys

from feedback_site.wsgi import application
from django.core.management import call_command

call_command("migrate", verbosity=0)
from django.test import Client
from tests.factories import make_published

survey = make_published().survey
answer = Client().get(f"/s/{survey.slug}/")
print(answer.status_code, *sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_rooms_import_downwards_only():
    said = subprocess.run(
        [SCRIPTS / "lint-imports", "--no-cache"], cwd=ours.ROOT, capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stdout


def test_every_room_is_under_the_contracts():
    contracts = (ours.ROOT / "pyproject.toml").read_text().split("[tool.importlinter]")[1]
    layers = next(line for line in contracts.splitlines() if line.startswith("layers"))

    assert [room for room in ours.rooms() if f'"{room}"' not in layers] == []


@pytest.mark.processes
def test_serving_a_customer_loads_nothing_heavy(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ours.ROOT),
        "DATA_DIR": str(tmp_path),
        "DEBUG": "1",
        "ALLOWED_HOSTS": "testserver",
    }

    said = subprocess.run(
        [sys.executable, "-c", SERVES_A_CUSTOMER],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    status, *loaded = said.stdout.split()
    assert (status, HEAVY & set(loaded)) == ("200", set())
