"""Who may do what in reports, besides reading them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organisation.rules import may_edit, may_read_reports

if TYPE_CHECKING:
    from organisation.models import Member


def may_note_changes(member: Member) -> bool:
    """Note what changed when: everywhere as an editor, at the locations held as a manager."""
    return may_edit(member) or may_read_reports(member)
