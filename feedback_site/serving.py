"""Starting the HTTP server, and what is checked before."""

from __future__ import annotations

import fcntl
import logging
import socket
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

if TYPE_CHECKING:
    from io import TextIOWrapper

# A customer whose phone loses its signal in the middle of sending holds a thread until the connection ends, so
# there are enough of them; most only ever wait.
THREADS = 32


class CannotServe(Exception):
    """Something else is in the way; the message says what to do."""


def serve(*, host: str, port: int, workers: int) -> None:
    """Answer requests until a signal ends it. Raises CannotServe."""
    look_ahead(host, port)
    logging.getLogger("_granian").addFilter(is_news)
    # The server process is forked from this one, and a database connection must not cross a fork.
    connections.close_all()
    Granian(
        "feedback_site.embedded:application" if settings.EMBEDDED else "feedback_site.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1 if settings.EMBEDDED else workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


def look_ahead(host: str, port: int) -> None:
    """Whether nothing is in the way, before anything is changed. Raises CannotServe."""
    refuse_taken_port(host, port)
    if settings.EMBEDDED:
        lock_data_directory().close()


def is_news(record: logging.LogRecord) -> bool:
    """Whether the server's line says something that was not decided here: the number of threads was."""
    return "Python threads" not in record.getMessage()


def lock_data_directory() -> TextIOWrapper:
    """Hold the data directory for as long as the file returned stays open: embedded, there is only ever one
    process, since another would have a doorbell of its own. Raises CannotServe.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    lock = (settings.DATA_DIR / "serving.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise CannotServe(
            f"Another process serves from {settings.DATA_DIR} already. Stop it first."
        ) from error
    return lock


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CannotServe when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CannotServe(
                f"Cannot listen on {host}:{port} ({error}). Choose another PORT or HOST."
            ) from error
