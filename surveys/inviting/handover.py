"""What a worker was doing when it was killed.

A mail is handed over at the moment at which its last line is written to the mail server. Just before that the
worker writes one byte into a file that is mapped into its memory: the byte survives the process, and between the two
there is nothing that takes time. Another byte says that the mail server took the mail, until the database knows. A
lock on the file, which the system takes away when the process dies, says whether somebody is still at it. See
docs/decisions/0024.
"""

from __future__ import annotations

import fcntl
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from django.conf import settings

if TYPE_CHECKING:
    from types import TracebackType
    from uuid import UUID

PLACES = 256
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
HANDED_OVER, TAKEN = ord(">"), ord("=")


def path_of(claim: UUID) -> Path:
    return Path(settings.DATA_DIR) / "claims" / f"{claim}"


def this_boot() -> bytes:
    """Another after each start of the machine: what was in memory only is lost with it."""
    return BOOT_ID.read_bytes() if BOOT_ID.exists() else b""


class HandoverLog:
    """The log of one claim, held by its worker for as long as the block lasts, and gone after a proper end."""

    def __init__(self, claim: UUID) -> None:
        self.path = path_of(claim)

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("x+b")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._file.write(bytes(PLACES) + this_boot())
        self._file.flush()
        self._bytes = mmap.mmap(self._file.fileno(), PLACES)
        return self

    def hand_over(self, place: int) -> None:
        """To be called right before the last line of the mail at that place is written."""
        self._bytes[place] = HANDED_OVER

    def note_taken(self, place: int) -> None:
        """The mail server has said that it took the mail at that place."""
        self._bytes[place] = TAKEN

    def take_back(self, place: int) -> None:
        """The mail server has said no."""
        self._bytes[place] = 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """After an exception the file stays: whoever recovers the claim reads it."""
        self._bytes.close()
        if kind is None:
            self.path.unlink(missing_ok=True)
        self._file.close()


@dataclass(frozen=True, slots=True)
class Abandoned:
    """What is known of a claim whose worker is gone: the places handed over of which nobody heard more, and those
    taken. `handed_over` is None where the log is of no use. Without a log at all the worker may well live, on
    another machine.
    """

    handed_over: frozenset[int] | None
    taken: frozenset[int] = frozenset()
    has_log: bool = True


def look_at(claim: UUID) -> Abandoned | None:
    """What a dead worker left behind; None while a living one is at it."""
    try:
        file = path_of(claim).open("r+b")
    except FileNotFoundError:
        return Abandoned(None, has_log=False)
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return None
        said, boot = file.read(PLACES), file.read()
    if boot != this_boot():
        return Abandoned(None)
    return Abandoned(_places(said, HANDED_OVER), _places(said, TAKEN))


def _places(said: bytes, mark: int) -> frozenset[int]:
    return frozenset(place for place, byte in enumerate(said) if byte == mark)


def forget(claim: UUID) -> None:
    path_of(claim).unlink(missing_ok=True)
