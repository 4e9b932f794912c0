import pytest

from organisation.enums import Role
from organisation.models import Member
from reports.rules import may_note_changes


@pytest.mark.parametrize("role", Role)
def test_changes_are_noted_by_whoever_edits_or_reads_reports(role):
    assert may_note_changes(Member(role=role)) == (role in {Role.ADMINISTRATOR, Role.EDITOR, Role.MANAGER})
