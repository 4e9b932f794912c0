"""Customers who answer one after the other, as a browser would: a page, its form, and again when no reply came."""

import http.client
import random
import re
import threading
import time
from typing import Self
from urllib.parse import urlencode

from tests.faults.ground import COMMENT, RATINGS, SLUG

TOKEN = re.compile(r'name="token" value="([^"]*)"')
PATH = f"/s/{SLUG}/"
# Each bound ends a run that went wrong: a customer's patience, the whole run, and its number of submissions.
PATIENCE, LONGEST, MOST = 60.0, 250.0, 5_000
PAUSE = 0.08
# Seconds from opening the page to the thanks, on a machine that is busy with other things.
SOON = 20.0


class GaveUpError(Exception):
    pass


class Customers:
    """Some of them at once, from `start` to `stop`. Each submission carries a mark of its own as its comment.

    `sent` holds the ratings of every mark that was ever sent, `acknowledged` those that were answered with a
    redirect to the thank-you page. Who gets no reply sends the same form again; the patient do so after an error
    of the server's, too.
    """

    def __init__(self, port: int, *, many: int = 2, bearable: float = SOON, is_patient: bool = False) -> None:
        self.port, self.bearable, self.is_patient = port, bearable, is_patient
        self.sent: dict[str, str] = {}
        self.acknowledged: dict[str, str] = {}
        self.failures: list[str] = []
        self.sent_again = 0
        self.slowest = 0.0
        self._enough = threading.Event()
        self._lock = threading.Lock()
        self._ends_at = time.monotonic() + LONGEST
        self._threads = [threading.Thread(target=self._come, args=(name,)) for name in range(many)]

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> Self:
        """Let each finish what it has begun."""
        self._enough.set()
        for thread in self._threads:
            thread.join()
        return self

    def have_sent(self, more: int):
        """A probe for `wait_until`: so many more than now have been acknowledged."""
        goal = len(self.acknowledged) + more
        return lambda: len(self.acknowledged) >= goal

    def _come(self, name: int) -> None:
        chance = random.Random(name)
        while not self._enough.wait(PAUSE) and time.monotonic() < self._ends_at and len(self.sent) < MOST:
            mark = f"{name}-{time.monotonic_ns()}"
            try:
                self._answer(mark, "".join(chance.choices("12345x", k=RATINGS)))
            except GaveUpError as error:
                with self._lock:
                    self.failures.append(f"{mark}: {error}")

    def _answer(self, mark: str, ratings: str) -> None:
        began = time.monotonic()
        token = self._token()
        form = {f"q{at}": sign for at, sign in enumerate(ratings, start=1)}
        body = urlencode({**form, COMMENT: mark, "token": token})
        with self._lock:
            self.sent[mark] = ratings
        self._until_answered(303, lambda: self._ask("POST", body), counts=True)
        with self._lock:
            self.acknowledged[mark] = ratings
            self.slowest = max(self.slowest, time.monotonic() - began)

    def _token(self) -> str:
        page = self._until_answered(200, lambda: self._ask("GET"))
        return TOKEN.search(page)[1]

    def _until_answered(self, wanted: int, ask, *, counts: bool = False) -> str:
        """Repeat as long as nobody answers. An answer that is not the wanted one is a failure."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                status, page = ask()
                if self.is_patient and status >= 500:
                    raise ConnectionError(f"{status}")
            except (OSError, http.client.HTTPException) as error:
                if time.monotonic() > end:
                    raise GaveUpError(repr(error)) from error
                with self._lock:
                    self.sent_again += counts
                time.sleep(0.05)
                continue
            if status != wanted:
                raise GaveUpError(f"{status} instead of {wanted}")
            return page

    def _ask(self, method: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, PATH, body, kind)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()
