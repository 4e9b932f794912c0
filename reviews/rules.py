"""Who may do what with what customers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organisation.enums import Role

if TYPE_CHECKING:
    from organisation.models import Member


def may_moderate(member: Member) -> bool:
    """Read, publish, hide, answer: everywhere as an editor, at the locations held as a manager."""
    return member.role in {Role.ADMINISTRATOR, Role.EDITOR, Role.MANAGER}


def may_see_originals(member: Member) -> bool:
    """Read what was redacted."""
    return member.role in {Role.ADMINISTRATOR, Role.EDITOR}


def may_erase(member: Member) -> bool:
    """Erase the words of a customer for good."""
    return member.role in {Role.ADMINISTRATOR, Role.EDITOR}


def may_write_everywhere(member: Member) -> bool:
    """Places and notes that stand on the pages of all locations."""
    return member.sees_everywhere
