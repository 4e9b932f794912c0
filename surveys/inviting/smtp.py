"""Sending through the configured mailer, told apart: taken, refused, not now, no mail server, no answer."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from email.utils import parseaddr
from enum import Enum
from smtplib import quoteaddr
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend

from surveys.inviting.wire import bytes_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from django.core.mail import EmailMultiAlternatives

END_OF_DATA = b"\r\n.\r\n"
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
FINE, FORWARDED, GO_ON, PERMANENT = 250, 251, 354, 500


class Fate(Enum):
    TAKEN = "taken"
    BAD_ADDRESS = "bad address"
    REFUSED = "refused"
    NOT_NOW = "not now"
    NO_SERVER = "no server"
    NO_ANSWER = "no answer"
    UNWANTED = "unwanted"  # answered, paused or stopped since it was claimed


class Outcome(NamedTuple):
    fate: Fate
    said: str = ""


class WatchedSMTP(smtplib.SMTP):
    """Tells of the moment at which a mail is handed over: its last line goes out in the same call as the rest."""

    before_handover: Callable[[], None] | None = None

    def send(self, s: Any) -> None:
        if self.before_handover and isinstance(s, bytes) and s.endswith(END_OF_DATA):
            self.before_handover()
        super().send(s)

    def hand_in(self, sender: str, to: str, mail: bytes) -> None:
        """Send one mail: sender, recipient and the wish to begin go out together where the server takes that (RFC
        2920), since each answer is a journey. Raises what `sendmail` raises.
        """
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("pipelining"):
            self.sendmail(sender, [to], mail)
            return
        size = f" size={len(mail)}" if self.has_extn("size") else ""
        begin = f"MAIL FROM:{quoteaddr(sender)}{size}\r\nRCPT TO:{quoteaddr(to)}\r\nDATA\r\n"
        self.send(begin.encode("ascii"))
        mine, theirs, begun = self.getreply(), self.getreply(), self.getreply()
        refusal = refusal_of(sender, to, mine, theirs)
        if refusal is None and begun[0] == GO_ON:
            begun = self._data_of(mail)
        elif begun[0] == GO_ON:
            self.send(b".\r\n")  # a mail of nothing to nobody, which the server refuses
            self.getreply()
        if refusal or begun[0] != FINE:
            with suppress(smtplib.SMTPServerDisconnected):
                self.rset()
            raise refusal or smtplib.SMTPDataError(*begun)

    def _data_of(self, mail: bytes) -> tuple[int, bytes]:
        self.send(LEADING_DOT.sub(b"..", mail).removesuffix(b"\r\n") + END_OF_DATA)
        return self.getreply()


def refusal_of(
    sender: str, to: str, mine: tuple[int, bytes], theirs: tuple[int, bytes]
) -> smtplib.SMTPException | None:
    """What smtplib makes of the answers to sender and recipient."""
    if mine[0] != FINE:
        return smtplib.SMTPSenderRefused(*mine, sender)
    return None if theirs[0] in {FINE, FORWARDED} else smtplib.SMTPRecipientsRefused({to: theirs})


class WatchedSMTPOverTLS(WatchedSMTP, smtplib.SMTP_SSL):
    """The same for a mail server that speaks TLS from the start."""


class HandoverBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return WatchedSMTPOverTLS if self.use_ssl else WatchedSMTP


class Post:
    """One connection for a batch of mails. Raises OSError where there is no mail server."""

    def __enter__(self) -> Self:
        self._backend = mailers["default"]
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: EmailMultiAlternatives, *, before_handover: Callable[[], None]) -> Outcome:
        """Send one mail. `before_handover` is called once, right before the mail server could take it.

        Many mail servers end a connection after so many mails: the next goes over a new one.
        """
        outcome = self._try(message, before_handover)
        if outcome.fate is Fate.NO_SERVER and self._has_sent:
            self._close()
            try:
                self._open()
            except OSError as error:
                return outcome_of(error, was_handed_over=False)
            outcome = self._try(message, before_handover)
        return outcome

    def _try(self, message: EmailMultiAlternatives, before_handover: Callable[[], None]) -> Outcome:
        was_handed_over = False

        def note() -> None:
            nonlocal was_handed_over
            was_handed_over = True
            before_handover()

        try:
            self._hand_over(message, note)
        except ValueError as error:  # it cannot be made into a mail: no server would take it
            return Outcome(Fate.REFUSED, str(error))
        except OSError as error:  # smtplib's exceptions are OSErrors
            return outcome_of(error, was_handed_over=was_handed_over)
        self._has_sent = True
        return Outcome(Fate.TAKEN)

    def _hand_over(self, message: EmailMultiAlternatives, note: Callable[[], None]) -> None:
        connection = getattr(self._backend, "connection", None)
        if isinstance(connection, WatchedSMTP):
            connection.before_handover = note
            connection.hand_in(parseaddr(message.from_email)[1], message.to[0], bytes_of(message))
        else:
            note()
            self._backend.send_messages([message])

    def _open(self) -> None:
        self._has_sent = False
        self._backend.open()
        socket = getattr(getattr(self._backend, "connection", None), "sock", None)
        if (
            socket
        ):  # or the end of a mail may wait for 40 ms, until the mail server has acknowledged its beginning
            socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)

    def _close(self) -> None:
        with suppress(OSError):  # the mails are through; nobody waits for a farewell
            self._backend.close()


def outcome_of(error: OSError, *, was_handed_over: bool) -> Outcome:
    """What an error of smtplib means for the mail."""
    said: bytes | str
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused) if refused:
            code, said = next(iter(refused.values()))
            fate = Fate.BAD_ADDRESS if code >= PERMANENT else Fate.NOT_NOW
        case smtplib.SMTPDataError(smtp_code=code, smtp_error=said):
            fate = Fate.REFUSED if code >= PERMANENT else Fate.NOT_NOW
        case smtplib.SMTPResponseException(smtp_error=said):
            fate = Fate.NO_SERVER
        case _:
            said, fate = str(error), Fate.NO_ANSWER if was_handed_over else Fate.NO_SERVER
    return Outcome(fate, said.decode(errors="replace") if isinstance(said, bytes) else str(said))


def plain(said: str) -> str:
    """What a mail server said, as it can be stored and shown."""
    return "".join(letter if letter.isprintable() else " " for letter in said)[:300]
