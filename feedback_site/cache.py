"""The cache on the disk, for reports of hundreds of locations and for many charts."""

from __future__ import annotations

import pickle
import zlib
from random import randrange
from typing import IO, Any

from django.core.cache.backends.filebased import FileBasedCache

# Packed at all, a report of hundreds of locations would be a third smaller, and 5 ms later: a fifth of all that its
# reading takes.
LEVEL = 0
# To see whether there is room, every file of the folder is listed: so seldom that nobody waits for it.
LOOKS_FOR_ROOM = 50


class FileCache(FileBasedCache):
    def _write_content(self, file: IO[bytes], timeout: Any, value: object) -> None:
        file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
        file.write(zlib.compress(pickle.dumps(value, self.pickle_protocol), LEVEL))

    def _cull(self) -> None:
        if not randrange(LOOKS_FOR_ROOM):  # noqa: S311 - nothing to guess
            super()._cull()  # type: ignore[misc]
