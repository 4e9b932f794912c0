"""`make bench`: every measurement, or those named: `python -m bench answering scoring`. `--full` for the long ones.

With `BENCH_DATABASE_URL`, an empty PostgreSQL database, what was filled in stays there, and `chain` and `comments`
measure it again without filling anything: to look at one page with a profiler.
"""

import importlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers.postgres import PostgresServer

MEASUREMENTS = [
    "answering",
    "scoring",
    "reports",
    "chain",
    "importing",
    "cards",
    "exports",
    "reviews",
    "comments",
    "invitations",
]


@contextmanager
def database() -> Iterator[str]:
    if kept := os.environ.get("BENCH_DATABASE_URL"):
        yield kept
        return
    with PostgresServer() as server:
        yield server.create_database("bench")


def main() -> None:
    named = [word for word in sys.argv[1:] if not word.startswith("-")] or MEASUREMENTS
    with tempfile.TemporaryDirectory() as folder, database() as url:
        os.environ.update(
            DATA_DIR=folder,
            DATABASE_URL=url,
            DJANGO_SETTINGS_MODULE="feedback_site.settings",
            DEMO="1",
            LOG_LEVEL="ERROR",
        )
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        for name in named:
            figures = importlib.import_module(f"bench.{name}").run(os.environ["DATABASE_URL"])
            print(json.dumps({name: figures}, indent=1))


if __name__ == "__main__":
    main()
