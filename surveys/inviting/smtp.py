"""Sending through the configured mailer, told apart: taken, refused, not now, no mail server, no answer."""

from __future__ import annotations

import smtplib
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from django.core.mail import EmailMessage

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
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._backend.close()
        except OSError:
            return  # the mails are through; nobody waits for a farewell

    def send(self, message: EmailMessage, *, before_handover: Callable[[], None]) -> Outcome:
        """Send one mail. `before_handover` is called once, right before the mail server could take it."""
        was_handed_over = False

        def note() -> None:
            nonlocal was_handed_over
            was_handed_over = True
            before_handover()

        connection = getattr(self._backend, "connection", None)
        if isinstance(connection, WatchedSMTP):
            connection.before_handover = note
        else:
            note()
        try:
            self._backend.send_messages([message])
        except ValueError as error:  # it cannot be made into a mail: no server would take it
            return Outcome(Fate.REFUSED, str(error))
        except OSError as error:  # smtplib's exceptions are OSErrors
            return outcome_of(error, was_handed_over=was_handed_over)
        return Outcome(Fate.TAKEN)


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
