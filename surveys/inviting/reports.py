"""What programs send about recipients and bounces: JSON, or a delivery report as mail servers write it (RFC 3464)."""

from __future__ import annotations

import email
import email.policy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from surveys.importing.tables import Flaw, clean
from surveys.inviting.addresses import normalised
from surveys.inviting.lists import COLUMNS, Listed, read_recipient

if TYPE_CHECKING:
    from email.message import Message

    from surveys.inviting.lists import Choices

MOST_AT_ONCE = 1_000
LONGEST_ID = 200
PERMANENT = "5"


class NotUnderstood(Exception):
    """The body is not what this address takes; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class BounceReport:
    """An address that takes no mail (normalised), the Message-ID of the mail that showed it, and what was said."""

    address: str = ""
    message_id: str = ""
    reason: str = ""


def read_recipients(body: bytes, choices: Choices) -> Listed:
    """`{"recipients": [{"email": …, "name": …}, …]}`; rows are counted from 1. Raises NotUnderstood."""
    listed = Listed()
    for number, cells in enumerate(_objects(body, "recipients"), start=1):
        try:
            recipient = read_recipient(_texts(cells), choices)
        except ValidationError as error:
            value = clean(str(cells.get("email", "")))
            listed.refuse(Flaw(number, "", value, " ".join(error.messages)))
            continue
        listed.recipients.setdefault(recipient.email, recipient)
    return listed


def read_bounces(body: bytes) -> list[BounceReport]:
    """`{"bounces": [{"address": … or "message_id": …, "reason": …}, …]}`. Raises NotUnderstood."""
    return [_bounce(number, one) for number, one in enumerate(_objects(body, "bounces"), start=1)]


def read_delivery_report(body: bytes) -> list[BounceReport]:
    """Those recipients whom a delivery report says can never be reached. Raises NotUnderstood."""
    try:
        report = email.message_from_bytes(body, policy=email.policy.compat32)
        parts = list(report.walk())
    except (ValueError, LookupError, RecursionError) as error:
        raise NotUnderstood(_("This is no delivery report.")) from error
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not statuses:
        raise NotUnderstood(_("This is no delivery report."))
    message_id = clean(next((found for part in parts if (found := _returned_id(part))), ""), LONGEST_ID)
    blocks = [block for part in statuses for block in part.get_payload() if not isinstance(block, str)]
    return [failed for block in blocks if (failed := _failed(block, message_id))]


def _returned_id(part: Message[str, str]) -> str:
    """The Message-ID of the mail that came back, as far as it came back."""
    if part.get_content_type() == "text/rfc822-headers":
        returned = email.message_from_string(str(part.get_payload()), policy=email.policy.compat32)
        return str(returned.get("Message-ID", "")).strip()
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        returned = part.get_payload()[0]  # type: ignore[assignment, index]
        return str(returned.get("Message-ID", "")).strip()
    return ""


def _failed(block: Message[str, str], message_id: str) -> BounceReport | None:
    status, action = str(block.get("Status", "")).strip(), str(block.get("Action", "")).strip().lower()
    if action != "failed" or not status.startswith(PERMANENT):
        return None
    _kind, _mark, given = str(block.get("Final-Recipient", "")).rpartition(";")
    try:
        address = normalised(given)
    except ValidationError:
        address = ""
    reason = str(block.get("Diagnostic-Code", "")) or status
    return BounceReport(address, message_id, reason) if address or message_id else None


def _bounce(number: int, given: dict[str, Any]) -> BounceReport:
    texts = _texts(given, ("address", "message_id", "reason"))
    if not (texts["address"] or texts["message_id"]):
        raise NotUnderstood(_("Row %(row)d has neither address nor message_id.") % {"row": number})
    try:
        address = normalised(texts["address"]) if texts["address"] else ""
    except ValidationError as error:
        raise NotUnderstood(f"{number}: {error.messages[0]}") from error
    return BounceReport(address, clean(texts["message_id"].strip(), LONGEST_ID), texts["reason"])


def _objects(body: bytes, name: str) -> list[dict[str, Any]]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(_("The body is not JSON.")) from error
    rows = sent.get(name) if isinstance(sent, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotUnderstood(_("The body is an object with a list of objects as “%(name)s”.") % {"name": name})
    if len(rows) > MOST_AT_ONCE:
        raise NotUnderstood(_("Up to %(limit)d at once.") % {"limit": MOST_AT_ONCE})
    return rows


def _texts(given: dict[str, Any], names: tuple[str, ...] = COLUMNS) -> dict[str, str]:
    """Those members, each a text; null is an empty one. Raises NotUnderstood for anything else."""
    found = {name: "" if given.get(name) is None else given[name] for name in names}
    wrong = next((name for name, value in found.items() if not isinstance(value, str)), None)
    if wrong:
        raise NotUnderstood(_("“%(name)s” has to be a text.") % {"name": wrong})
    return found
