"""Ends what a test run started when the run itself ends, however it ends.

A small side process waits at the end of a pipe. While the run lives it only takes notes: which process groups
are alive, which folders are temporary. When the run dies, by SIGKILL too, the pipe closes and the side process
ends the groups and removes the folders. (PR_SET_PDEATHSIG would be Linux only, is tied to one thread, and needs
a preexec_fn, which Python warns about once there are threads.)
"""

import atexit
import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def watch(group: int, farewell: signal.Signals = signal.SIGKILL) -> None:
    """After our death send `farewell` to this process group, and SIGKILL if it is still there three seconds later."""
    _tell(f"watch {group} {int(farewell)}")


def forget(group: int) -> None:
    _tell(f"forget {group}")


def temporary_folder(name: str, owner: int | None = None) -> Path:
    """A new folder that is gone after the run; `owner` (a user id, for root only) can reach it and own it."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=None if owner is None else _reachable_base()))
    _tell(f"remove {folder}")
    if owner is not None:
        os.chown(folder, owner, -1)
    return folder


def _reachable_base() -> str | None:
    """A temporary base that other users can walk to; None is the usual one."""
    usual = Path(tempfile.gettempdir()).resolve()
    if all(folder.stat().st_mode & 0o001 for folder in (usual, *usual.parents)):
        return None
    return "/tmp"  # noqa: S108 mkdtemp makes a folder of our own in it


def _tell(line: str) -> None:
    pipe = _guard().stdin
    if pipe and not pipe.closed:
        pipe.write(f"{line}\n".encode())


@functools.cache
def _guard() -> "subprocess.Popen[bytes]":
    # Its own session keeps it away from the terminal's Ctrl-C; -I -S makes it start in 20 ms.
    guard = subprocess.Popen(
        [sys.executable, "-I", "-S", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        start_new_session=True,
    )
    atexit.register(_close, guard)
    return guard


def _close(guard: "subprocess.Popen[bytes]") -> None:
    if guard.stdin:
        guard.stdin.close()
    guard.wait(timeout=10)


def _stand_guard() -> None:
    groups: dict[int, int] = {}
    folders: list[str] = []
    for line in sys.stdin:
        verb, _, rest = line.rstrip("\n").partition(" ")
        if verb == "watch":
            group, farewell = rest.split()
            groups[int(group)] = int(farewell)
        elif verb == "forget":
            groups.pop(int(rest), None)
        elif verb == "remove":
            folders.append(rest)
    for group, farewell in groups.items():
        _send(group, farewell)
        _send(group, signal.SIGCONT)  # a paused one takes only SIGKILL
    end = time.monotonic() + 3
    patient = [group for group, farewell in groups.items() if farewell != signal.SIGKILL]
    while time.monotonic() < end and any(_send(group, 0) for group in patient):
        time.sleep(0.02)
    for group in groups:
        _send(group, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _send(group: int, number: int) -> bool:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    _stand_guard()
