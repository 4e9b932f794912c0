"""A mail server in the test's own process: real sockets, and every mail that it took, in order.

with SmtpServer() as server:
    settings.MAILERS = server.mailers()
    ...
    server.mails[0].to
"""

import contextlib
import email
import email.policy
import socketserver
import threading
import time
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from math import inf
from typing import Self

from tests.servers.processes import free_port


@dataclass(frozen=True)
class Received:
    sender: str
    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content().replace("\r\n", "\n")

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()


class SmtpServer:
    """`refuse` and `answer_data` choose the server's words; `pause` is how long it thinks before it takes a mail, and
    with `silent_at`
    mails it says nothing more; after `mails_in_connection` it hangs up. `pipelines` says whether it takes commands together, `goes_on` whether
    it lets a mail begin that is to nobody.
    """

    def __init__(self, *, pause: float = 0, port: int = 0) -> None:
        self.port = port or free_port()
        self.pause = pause
        self.refuse: dict[str, str] = {}  # address: the reply to RCPT
        self.answer_data: dict[str, str] = {}  # address: the reply after the mail; "" hangs up without one
        self.mails_in_connection = 0  # any number
        self.pipelines, self.goes_on = True, False
        self.silent_at: float = inf
        self.mails: list[Received] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._server = _Threads(("127.0.0.1", self.port), _Conversation)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_listening()

    def stop_listening(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def keep(self, sender: str, to: str, data: bytes) -> None:
        message = email.message_from_bytes(data, policy=email.policy.default)
        with self._lock:
            self.mails.append(Received(sender, to, message))

    def counts(self) -> Counter[str]:
        """How many mails each address got."""
        with self._lock:
            return Counter(mail.to for mail in self.mails)

    def environment(self) -> dict[str, str]:
        """For a process of the site that is to send here."""
        return {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(self.port), "MAIL_TLS": "false"}

    def mailers(self) -> dict:
        """For `settings.MAILERS` of this process."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 60}
        return {"default": {"BACKEND": "surveys.inviting.smtp.HandoverBackend", "OPTIONS": options}}


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50
    owner: SmtpServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no news."""


class _Conversation(socketserver.StreamRequestHandler):
    server: _Threads
    disable_nagle_algorithm = True  # or each second of several replies waits for 40 ms

    def handle(self) -> None:
        self._say("220 test")
        self._sender = self._to = ""
        self._taken = 0
        while line := self.rfile.readline():
            words = line.decode(errors="replace").strip()
            if words.upper() == "DATA":
                if not self._take():
                    return
            elif not self._answer(words):
                return

    def _answer(self, words: str) -> bool:
        owner, order = self.server.owner, words[:4].upper()
        address = words[words.find("<") + 1 : words.find(">")]
        if order == "MAIL":
            self._sender = address
        if order == "EHLO":
            self._say("250-test\r\n250 PIPELINING" if owner.pipelines else "250 test")
            return True
        if order == "RCPT":
            self._to = "" if address in owner.refuse else address
            if reply := owner.refuse.get(address):
                self._say(reply)
                return True
        self._say("221 bye" if order == "QUIT" else "250 fine")
        return order != "QUIT"

    def _take(self) -> bool:
        owner, lines = self.server.owner, []
        if not self._to and not owner.goes_on:
            self._say("503 to nobody")
            return True
        self._say("354 go on")
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not line:
            return False  # cut off in the middle: no mail
        reply = owner.answer_data.get(self._to, "250 taken") if self._to else "554 to nobody"
        if reply.startswith("250") or not reply:
            owner.keep(self._sender, self._to, b"".join(lines))
        time.sleep(owner.pause)
        while len(owner.mails) >= owner.silent_at:
            time.sleep(0.01)
        if reply:
            self._say(reply)
        self._taken += 1
        return bool(reply) and self._taken != owner.mails_in_connection

    def _say(self, words: str) -> None:
        with contextlib.suppress(OSError):
            self.wfile.write(f"{words}\r\n".encode())
