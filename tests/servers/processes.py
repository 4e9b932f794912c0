"""Real processes in tests: started in a group of their own, logged, awaited, killed, and never left behind."""

import atexit
import contextlib
import functools
import itertools
import os
import pwd
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

import psutil

from tests.servers import lifeline

ROOT = Path(__file__).resolve().parents[2]

# Seconds after which something has hung: never how long it should take, as the machine may be busy with other things.
BUSY = 240.0

# What pytest sets for itself would change how the site behaves in a process of its own.
_OURS_ALONE = re.compile(r"PYTEST_|COV_|DJANGO_ALLOW_ASYNC_UNSAFE$")


class NotReadyError(AssertionError):
    """Something did not become true in time, or its process ended first."""


def wait_until[Seen](probe: Callable[[], Seen], *, within: float = BUSY, every: float = 0.02) -> Seen:
    """Call `probe` until it returns something true, and return that; an exception counts as not yet.

    Raises NotReadyError after `within` seconds, with the probe's last exception as its cause.
    """
    end = time.monotonic() + within
    cause: Exception | None = None
    while True:
        try:
            if seen := probe():
                return seen
            cause = None
        except NotReadyError:
            raise
        except Exception as error:  # noqa: BLE001 a server that is not up yet fails in many ways
            cause = error
        if time.monotonic() >= end:
            reason = f": {cause!r}" if cause else ""
            raise NotReadyError(f"Not ready within {within:g} s{reason}") from cause
        time.sleep(every)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on.

    Below the range from which the kernel draws ports for outgoing connections, so that a server that is down for
    a moment finds its port free again; drawn by the system, as test runs seed `random` alike in all workers.
    """
    while True:
        port = 15_000 + secrets.randbelow(17_000)
        with socket.socket() as candidate, contextlib.suppress(OSError):
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            candidate.bind(("127.0.0.1", port))
            return port


def accepts(port: int) -> bool:
    """Whether something on 127.0.0.1 takes a connection at `port`: a probe for `wait_until`."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


class Process:
    """One program in its own process group, with its log in a file.

    `environment` is laid over the test run's own, without what pytest put there; None takes a variable away.
    `farewell` is the signal that asks it to end; `account` is a user to run as, for root only.
    """

    def __init__(
        self,
        *command: str | Path,
        environment: Mapping[str, str | None] | None = None,
        folder: Path = ROOT,
        log: Path | None = None,
        farewell: signal.Signals = signal.SIGTERM,
        abrupt: signal.Signals = signal.SIGKILL,
        account: pwd.struct_passwd | None = None,
    ) -> None:
        self.command = [str(part) for part in command]
        self.environment = _environment(environment or {})
        self.folder = folder
        self.log_path = log or _logs() / f"{next(_numbers)}-{Path(self.command[0]).name}.log"
        self.farewell = farewell
        self.abrupt = abrupt
        self.account = account
        self._running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        if self._running:
            raise RuntimeError(f"{self.command[0]} was started already; stop() or kill() it first.")
        account = self.account
        with self.log_path.open("ab") as log:
            self._log_begins_at = log.tell()
            self._running = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )
        lifeline.watch(self._running.pid, self.abrupt)
        atexit.register(self.stop)
        return self

    @property
    def pid(self) -> int:
        """The leader's process id, which is its group's too."""
        if not self._running:
            raise RuntimeError(f"{self.command[0]} is not running.")
        return self._running.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; -9 after SIGKILL, as in subprocess."""
        if self._running:
            return self._running.poll()
        return self._last_exit_code

    _last_exit_code: int | None = None

    def is_running(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def log(self) -> str:
        """What it has written since it was last started."""
        with self.log_path.open("rb") as log:
            log.seek(self._log_begins_at)
            return log.read().decode(errors="replace")

    _log_begins_at = 0

    def wait_until[Seen](self, probe: Callable[[], Seen], *, within: float = BUSY) -> Seen:
        """As the function of this name, but fails at once, with the end of the log, when the process has ended."""

        def alive_and_ready() -> Seen:
            if not self.is_running():
                raise NotReadyError(f"{self.command[0]} ended with {self.exit_code}.")
            return probe()

        try:
            return wait_until(alive_and_ready, within=within)
        except NotReadyError as error:
            raise NotReadyError(
                f"{error}\n{' '.join(self.command)}\n{self.log()[-4000:]}"
            ) from error.__cause__

    def wait_for_log(self, text: str, *, within: float = BUSY) -> None:
        self.wait_until(lambda: text in self.log(), within=within)

    def wait_for_port(self, port: int, *, within: float = BUSY) -> None:
        self.wait_until(lambda: accepts(port), within=within)

    def wait(self, *, within: float = BUSY) -> int:
        """Wait for its own end and return its exit code."""
        if self._running:
            self._running.wait(within)
            self._sweep()
        return self.exit_code or 0

    def stop(self, *, patience: float = 10) -> None:
        """Ask the leader to end, as a service manager would; after `patience` seconds, or for its strays, SIGKILL."""
        if not self._running:
            return
        if self.is_running():
            self.resume()  # a paused one would hear nothing
        self._signal_leader(self.farewell)
        try:
            self._running.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
        else:
            self._sweep()

    def kill(self) -> None:
        """SIGKILL for the leader, everything it started and everything in its group; returns when all are gone."""
        if not self._running:
            return
        self._signal_leader(signal.SIGSTOP)  # it cannot start another while its children are looked up
        self._sweep()

    def pause(self) -> None:
        """SIGSTOP for the group: its sockets go on accepting and nobody answers."""
        os.killpg(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.killpg(self.pid, signal.SIGCONT)

    def _sweep(self) -> None:
        leader = self._running
        if leader is None:
            return
        others = [one for one in _family(leader.pid) if one.pid != leader.pid]
        for other in others:
            with contextlib.suppress(psutil.NoSuchProcess):
                other.kill()
        self._signal_leader(signal.SIGKILL)
        self._last_exit_code = leader.wait(10)
        wait_until(lambda: not any(_lives(other) for other in others), every=0.005)
        lifeline.forget(leader.pid)
        atexit.unregister(self.stop)
        self._running = None

    def _signal_leader(self, number: signal.Signals) -> None:
        if self._running:
            self._running.send_signal(number)  # does nothing once it has been waited for


def python(
    *arguments: str | Path, environment: Mapping[str, str | None] | None = None, folder: Path = ROOT
) -> Process:
    """A process of our own code, not started yet: `python("manage.py", "runserver", ...)`, `python("-m", "celery", ...)`."""
    # Hundreds are started, and few of them draw a chart.
    environment = {"PYTHONUNBUFFERED": "1", "WARM_UP": "false", **(environment or {})}
    return Process(sys.executable, *arguments, environment=environment, folder=folder)


_numbers = itertools.count(1)


@functools.cache
def _logs() -> Path:
    return lifeline.temporary_folder("feedback-logs")


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not _OURS_ALONE.match(name)}
    return {name: value for name, value in {**inherited, **changes}.items() if value is not None}


def _family(pid: int) -> Iterator[psutil.Process]:
    """What descends from `pid` (a PostgreSQL backend leads a session of its own) and what is in its group."""
    with contextlib.suppress(psutil.NoSuchProcess):
        yield from psutil.Process(pid).children(recursive=True)
    for other in psutil.process_iter():
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            if os.getpgid(other.pid) == pid:
                yield other


def _lives(process: psutil.Process) -> bool:
    """False for a zombie too: an orphan's is collected by process 1, and in a container that may be never."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
