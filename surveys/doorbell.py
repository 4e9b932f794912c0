"""Tells the worker that there is work. Losing a ring loses nothing: a sweep finds the work a little later.

A ring only sets a flag. One thread in each process sends the message, at most once a second, so that no request
waits for a message server that is slow, hung or gone.
"""

from __future__ import annotations

import logging
import os
import threading
import time

from django.conf import settings

PAUSE = 1.0  # seconds between two messages of a process
REST = 5.0  # seconds of silence after a message that could not be sent
EXPIRES = 60  # seconds after which a message that nobody took is out of date

logger = logging.getLogger(__name__)


class Doorbell:
    """A flag, and the thread that turns it into a message."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_heard = True

    def ring(self) -> None:
        self._rung.set()
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="doorbell", daemon=True)
                self._thread.start()

    def _serve(self) -> None:
        while True:
            self._rung.wait()
            # Cleared before sending: whoever rings meanwhile is heard by the next message.
            self._rung.clear()
            time.sleep(PAUSE if self._send() else REST)

    def _send(self) -> bool:
        from celery import current_app  # noqa: PLC0415 (a third of a second that only those who ring pay)

        try:
            # A connection of its own: one that was opened before a fork or an outage is no use.
            with current_app.connection_for_write() as connection:
                for task in settings.DOORBELL_TASKS:
                    current_app.send_task(task, connection=connection, retry=False, expires=EXPIRES)
        except Exception as error:  # noqa: BLE001 (whatever it is, the sweep does the work)
            self._note_silence(error)
            return False
        self._is_heard = True
        return True

    def _note_silence(self, error: Exception) -> None:
        if self._is_heard:
            logger.warning("The doorbell is silent, the sweep goes on: %s", error)
        self._is_heard = False


_doorbell = Doorbell()


def ring() -> None:
    """Ask for the work to be done soon. Returns at once, whatever the message server does."""
    if settings.DOORBELL_TASKS:
        _doorbell.ring()


def _renew() -> None:
    """A forked process has its parent's memory and none of its threads."""
    global _doorbell  # noqa: PLW0603 (one for each process)
    _doorbell = Doorbell()


os.register_at_fork(after_in_child=_renew)
