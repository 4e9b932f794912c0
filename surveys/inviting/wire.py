"""A mail as the bytes that go to the mail server.

Written out here because Python's own way parses and folds every header of every mail anew, which takes longer than
the mail server does. Only what a header could be broken by goes through it.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from datetime import UTC, datetime
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

# "=_" occurs in no quoted-printable text, so no letter can end its part.
BOUNDARY = "=_part"
CONTENT_TYPE = f'multipart/alternative; boundary="{BOUNDARY}"'
SEVEN_BITS = SMTP.clone(cte_type="7bit")
PLAIN = re.compile(r"(?!.*=\?)[ -~]{0,900}")
ADDRESS = re.compile(r"""[^\s@<>()\[\],;:\\"]+@[^\s@<>(),;\\"]+""")


def bytes_of(message: EmailMultiAlternatives) -> bytes:
    """The mail with its text, its alternatives and what is attached, in lines of 7 bits that end in CRLF.

    Raises ValueError for a header of more than one line, and for what is no address.
    """
    (to,) = message.to
    if not (to.isascii() and ADDRESS.fullmatch(to)):
        raise ValueError(f"Invalid address {to!r}")
    if message.attachments:  # seldom: a document takes longer to make than to write out
        return _with_attachments(message)
    headers = {
        "Subject": message.subject,
        "From": message.from_email,
        "To": to,
        "Date": format_datetime(datetime.now(UTC)),
        **message.extra_headers,
        "MIME-Version": "1.0",
        "Content-Type": CONTENT_TYPE,
    }
    head = "".join(_header(name, str(value)) for name, value in headers.items())
    parts = [_part("text/plain", str(message.body))]
    parts += [_part(kind, str(text)) for text, kind in message.alternatives]
    return b"".join([head.encode("ascii"), b"\r\n", *parts, f"--{BOUNDARY}--\r\n".encode()])


def _with_attachments(message: EmailMultiAlternatives) -> bytes:
    """Written out by Python, but for the headers that are plain: it would fold a long address into what no mail program
    takes for one.
    """
    plain = {name: value for name, value in message.extra_headers.items() if PLAIN.fullmatch(str(value))}
    mail = message.message(policy=SEVEN_BITS)
    for name in plain:
        del mail[name]
    head = "".join(_header(name, str(value)) for name, value in plain.items())
    return head.encode("ascii") + mail.as_bytes()


def _header(name: str, value: str) -> str:
    return f"{name}: {value}\r\n" if PLAIN.fullmatch(value) else _folded(name, value)


@lru_cache(maxsize=256)
def _folded(name: str, value: str) -> str:
    """By the rules for letters beyond ASCII and for long lines. Raises ValueError for more than one line."""
    _name, header = SMTP.header_store_parse(name, value)
    folded: str = header.fold(policy=SMTP)
    return folded


def _part(kind: str, text: str) -> bytes:
    lines = "\r\n".join(re.split(r"\r\n|\r|\n", text))
    head = f'--{BOUNDARY}\r\nContent-Type: {kind}; charset="utf-8"\r\n'
    head += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    # It wraps long lines with the line end that it finds first, so there has to be one.
    return head.encode() + b2a_qp(f"{lines}\r\n".encode())
