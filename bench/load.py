"""Eight customers at once: GET the form, POST twenty ratings, GET the thank-you page, again and again."""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="token" value="([^"]*)"')
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
LOCATION = re.compile(rb"location: ([^\r]+)", re.IGNORECASE)


@dataclass
class Load:
    """What a round did: flows finished, failures, seconds of each flow."""

    seconds: float = 0.0
    failures: list[bytes] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def flows_per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))] * 1000


class Customer:
    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, method: str, path: str, body: str = "") -> tuple[bytes, bytes]:
        kind = (
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            if body
            else ""
        )
        self.socket.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{kind}\r\n{body}".encode()
        )
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, content = received.partition(b"\r\n\r\n")
        length = int(found[1]) if (found := LENGTH.search(head)) else 0
        while len(content) < length:
            content += self._more()
        return head, content

    def _more(self) -> bytes:
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("The server closed the connection.")
        return part

    def flow(self) -> bytes | None:
        """None when all went well, else the head of the answer that did not."""
        head, page = self.ask("GET", self.path)
        token = TOKEN.search(page)
        if token is None:
            return head
        answers = {
            "token": token[1].decode(),
            **{f"q{number}": str(number % 5 + 1) for number in range(1, 21)},
        }
        head, _content = self.ask("POST", self.path, urlencode(answers))
        found = LOCATION.search(head)
        if found is None:
            return head
        head, _content = self.ask("GET", found[1].decode())
        return None if head.startswith(b"HTTP/1.1 200") else head


def run_load(port: int, path: str, *, clients: int = 8, seconds: float = 4.0) -> Load:
    load, lock, begun = Load(), threading.Lock(), time.perf_counter()
    threads = [
        threading.Thread(target=_customer, args=(port, path, begun + seconds, load, lock))
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - begun
    return load


def _customer(port: int, path: str, until: float, load: Load, lock: threading.Lock) -> None:
    customer, latencies = Customer(port, path), []
    while time.perf_counter() < until:
        begun = time.perf_counter()
        failure = customer.flow()
        if failure is not None:
            with lock:
                load.failures.append(failure)
            break
        latencies.append(time.perf_counter() - begun)
    with lock:
        load.latencies += latencies
    customer.socket.close()
