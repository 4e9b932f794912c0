"""The site as a chain runs it, on a database of its own: server processes, workers, beat; started and killed here."""

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.servers.processes import Process, free_port, python, wait_until
from tests.servers.valkey import ValkeyServer
from tests.servers.workers import worker, worker_answers

# On thirty days. Every one differs from every other, so none is taken for an answer given twice.
BACKLOG = """
    INSERT INTO surveys_response (id, version_id, location_id, touchpoint_id, mode, received_on, ratings,
                                  answers, flags, is_held, is_scored, is_heard)
    SELECT gen_random_uuid(), version.id, location.id, touchpoint.id, 'link',
           date '2026-03-01' + at %% 30,
           (SELECT string_agg((at * 7654321::bigint / (5 ^ place)::bigint %% 5 + 1)::text, '')
            FROM generate_series(0, 9) AS place) || '.',
           '{}', 0, false, false, true
    FROM generate_series(1, %s) AS at, surveys_version AS version,
         organisation_location AS location, organisation_touchpoint AS touchpoint
    WHERE location.is_default AND touchpoint.is_default
"""
UNSCORED = "SELECT count(*) FROM surveys_response WHERE NOT is_scored AND NOT is_held"
SCORED = "SELECT count(*) FROM surveys_response WHERE is_scored"
WAITING = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND wait_event_type = 'Lock'
"""


class Stack:
    """Processes of one test: what is started here ends with it, and tells its log when the test fails."""

    def __init__(self, database_url: str, valkey: ValkeyServer, folder: Path, environment: dict) -> None:
        self.database_url, self.valkey, self.folder = database_url, valkey, folder
        self.port = free_port()
        self._processes: list[Process] = []
        self.environment = {
            **environment,
            "DATABASE_URL": database_url,
            "REDIS_URL": valkey.url,
            "DATA_DIR": str(folder),
            "SWEEP_SECONDS": "0.5",
            "LOG_LEVEL": "WARNING",
        }

    def site(self, *faults: str) -> Process:
        """Two server processes on `port`; returns when they answer."""
        command = ("manage.py", "serve", "--port", str(self.port), "--workers", "2")
        process = self._start(python(*command, environment=self._with(faults)))
        process.wait_for_port(self.port)
        return process

    def worker(self, *faults: str) -> Process:
        """One that takes one order at a time, in its only process."""
        options = ("--pool=solo", "--without-mingle", "--without-gossip", "--loglevel=warning")
        name = f"--hostname=worker-{len(self._processes)}"
        return self._start(worker(self._with(faults), *options, name))

    def beat(self, *faults: str) -> Process:
        where = (f"--schedule={self.folder / 'beat'}", "--pidfile=", "--loglevel=warning")
        command = ("-m", "celery", "-A", "feedback_site", "beat", *where)
        return self._start(python(*command, environment=self._with(faults)))

    def check(self) -> Process:
        """`manage.py recount --check`, ended."""
        command = ("manage.py", "recount", "--check", "--skip-checks")
        process = self._start(python(*command, environment=self.environment))
        process.wait()
        return process

    def end(self) -> None:
        for process in self._processes:
            print(f"--- {' '.join(process.command[1:])}\n{process.log()[-1500:]}")  # noqa: T201 (shown on failure)
            process.kill()

    def sql(self, query: str, *values: object) -> list[tuple]:
        """Its rows. In a session of its own, so that it may be asked again after the server was killed."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def number(self, query: str, *values: object) -> int:
        return self.sql(query, *values)[0][0]

    def worker_answers(self) -> bool:
        return worker_answers(self.valkey.url)

    def ring(self, many: int = 1) -> None:
        """Messages to the workers, as the doorbell sends them."""
        from celery import Celery

        with Celery(broker=self.valkey.url, set_as_current=False) as sending:
            for _ in range(many):
                sending.send_task("scoring.score_pending")

    def messages(self) -> Counter[str]:
        """How many copies of each message wait for a worker."""
        import redis

        with redis.Redis.from_url(self.valkey.url, socket_timeout=2) as client:
            waiting = client.lrange("celery", 0, -1)
        return Counter(json.loads(one)["headers"]["id"] for one in waiting)

    def add_backlog(self, many: int) -> None:
        self.sql(BACKLOG, many)

    def is_drained(self) -> bool:
        return self.number(UNSCORED) == 0

    @contextlib.contextmanager
    def holding(self, table: str) -> Iterator[None]:
        """While it lasts nobody else writes to that table: whoever wants to waits in the middle of its work."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield
            connection.rollback()

    def wait_for_waiting(self, many: int = 1) -> set[int]:
        """Until so many sessions wait for a lock; their process ids in the database server."""

        def waiting():
            found = {pid for (pid,) in self.sql(WAITING)}
            return found if len(found) >= many else None

        return wait_until(waiting)

    def wait_until_gone(self, sessions: set[int]) -> None:
        """The server has noticed that nobody is left behind these sessions, and has undone what they did."""
        still = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
        wait_until(lambda: self.number(still, list(sessions)) == 0)

    def _start(self, process: Process) -> Process:
        self._processes.append(process)
        return process.start()

    def _with(self, faults: tuple[str, ...]) -> dict:
        if not faults:
            return self.environment
        injected = {
            "DJANGO_SETTINGS_MODULE": "tests.faults.faulty_settings",
            "FAULTS": ",".join(faults),
            "FAULTS_FOLDER": str(self.folder),
        }
        return {**self.environment, **injected}


def production_like(secret: str, static: Path) -> dict:
    """What the environment of a test run sets for itself is taken back: no DEBUG, and bytecode is kept."""
    return {
        "DEBUG": None,
        "DEMO": None,
        "PYTHONDONTWRITEBYTECODE": None,
        "DJANGO_SETTINGS_MODULE": "feedback_site.settings",
        "CELERY_SKIP_CHECKS": "true",  # Django's system checks: other tests run them, and here they cost seconds
        "SECRET_KEY": secret,
        "STATIC_ROOT": str(static),
    }
