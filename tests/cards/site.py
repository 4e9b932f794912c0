"""The product in a process of its own, with a batch of cards and a clerk to key them."""

import json
import sqlite3
import subprocess
from contextlib import closing

from tests.servers.processes import ROOT, Process, free_port, python

PLAIN = dict.fromkeys(["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG"])


class Site:
    """The product on a SQLite file, with a server that can be stopped and started."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {**PLAIN, "DATA_DIR": str(folder), "REQUIRE_SECOND_FACTOR": "false"}
        self.known = self._told("tests.cards.ground")
        self.has_sessions = True
        self.server: Process = python(
            "manage.py", "serve", "--port", str(self.port), environment=self.environment
        )

    def _told(self, *module):
        """What a process of the product's own prints, as JSON."""
        process = python("-m", *module, environment=self.environment)
        run = subprocess.run(
            process.command, cwd=ROOT, env=process.environment, capture_output=True, text=True, check=True
        )
        return json.loads(run.stdout.splitlines()[-1])

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def page(self):
        return f"{self.address}/cards/batches/{self.known['batch']}/key/"

    def start(self, *, and_wait=True):
        self.server.start()
        if and_wait:
            self.server.wait_for_port(self.port)

    def rows(self, query):
        with closing(sqlite3.connect(self.folder / "feedback.sqlite3")) as database:
            return database.execute(query).fetchall()

    def filed(self):
        """The ratings of every keying, in the order of the cards."""
        query = "SELECT k.ratings FROM cards_keying k JOIN cards_card c ON c.id = k.card_id ORDER BY c.number"
        return [ratings for (ratings,) in self.rows(query)]

    def sign_in(self, context, name="session"):
        if not self.has_sessions:
            self.known |= self._told("tests.cards.ground", "sessions")
            self.has_sessions = True
        context.add_cookies([{"name": "sessionid", "value": self.known[name], "url": self.address}])

    def sign_everybody_out(self):
        with closing(sqlite3.connect(self.folder / "feedback.sqlite3", timeout=10)) as database, database:
            database.execute("DELETE FROM django_session")
        self.has_sessions = False
