"""Sending through the configured mailer, told apart: taken, refused, not now, no mail server, no answer."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from email.utils import parseaddr
from enum import Enum
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
PERMANENT = 500


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
        self._backend.open()
        self._has_sent = False
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
            self._has_sent = False
            self._close()
            try:
                self._backend.open()
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
            connection.sendmail(parseaddr(message.from_email)[1], message.to, bytes_of(message))
        else:
            note()
            self._backend.send_messages([message])

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
