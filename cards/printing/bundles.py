"""All files of a large print run in one, sent while they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The earliest that a ZIP file can say: what is made again is the same file.
NO_DATE = (1980, 1, 1, 0, 0, 0)


class Outlet:
    """A file that is only written, and emptied by whoever sends it on."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nor is anything to be closed."""

    def emptied(self) -> bytes:
        content = b"".join(self.written)
        self.written.clear()
        return content


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A ZIP archive of (name, content), in pieces: never more than one of the files is in memory."""
    outlet = Outlet()
    with ZipFile(outlet, "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, NO_DATE), content)
            yield outlet.emptied()
    yield outlet.emptied()
