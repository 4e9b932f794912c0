"""Letters that are rendered once for many: what differs from one recipient to the next is put in afterwards.

A mould is a letter in which two words that occur nowhere else stand for the name and for the token of the link.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape

from surveys.inviting.letters import letter_to, message_of, shown_name

if TYPE_CHECKING:
    from organisation.models import Organisation
    from surveys.models import Invitation

NAME, TOKEN = secrets.token_hex(16), secrets.token_hex(16)

type Key = tuple[int, str, int, bool]


@dataclass(frozen=True, slots=True)
class Moulds:
    """Those of one claim: it sends in the words that a mailing had when the claim was made."""

    organisation: Organisation
    _made: dict[Key, EmailMultiAlternatives] = field(default_factory=dict)

    def mail_to(
        self, invitation: Invitation, *, token: str, turn: int, message_id: str
    ) -> EmailMultiAlternatives:
        """The mail that `message_of` makes of the recipient's own letter, to the letter.

        Raises ValueError for a header of more than one line.
        """
        name = shown_name(invitation.name)
        mould = self._mould(invitation, turn, is_named=bool(name))
        page, kind = mould.alternatives[0]
        link = mould.extra_headers["List-Unsubscribe"].replace(TOKEN, token)
        return EmailMultiAlternatives(
            mould.subject.replace(NAME, name),
            str(mould.body).replace(NAME, name).replace(TOKEN, token),
            mould.from_email,
            [invitation.email],
            headers={**mould.extra_headers, "Message-ID": message_id, "List-Unsubscribe": link},
            alternatives=[(str(page).replace(NAME, escape(name)).replace(TOKEN, token), kind)],
        )

    def _mould(self, invitation: Invitation, turn: int, *, is_named: bool) -> EmailMultiAlternatives:
        mailing, language = invitation.mailing, invitation.language
        key = (mailing.pk, language, turn, is_named)
        if key not in self._made:
            name = NAME if is_named else ""
            letter = letter_to(
                mailing, name=name, language=language, token=TOKEN, origin=mailing.origin, turn=turn
            )
            self._made[key] = message_of(letter, to="", message_id="", organisation=self.organisation)
        return self._made[key]
