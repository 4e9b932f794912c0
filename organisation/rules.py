"""Who may do what in the organisation. A rule takes a member and says yes or no."""

from organisation.enums import Role
from organisation.models import Member


def may_administer(member: Member) -> bool:
    return member.role == Role.ADMINISTRATOR


def may_edit(member: Member) -> bool:
    """Build surveys and review forms, and import answers."""
    return member.role in {Role.ADMINISTRATOR, Role.EDITOR}


def may_read_reports(member: Member) -> bool:
    return member.role in {Role.ADMINISTRATOR, Role.MANAGER}


def may_enter(member: Member) -> bool:
    """Anybody who signs in."""
    return member.is_active
