import pytest

from organisation import rules
from organisation.enums import Role
from organisation.models import Member


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (rules.may_administer, {Role.ADMINISTRATOR}),
        (rules.may_edit, {Role.ADMINISTRATOR, Role.EDITOR}),
        (rules.may_read_reports, {Role.ADMINISTRATOR, Role.MANAGER}),
        (rules.may_enter, set(Role)),
    ],
)
def test_rule_allows_exactly_these_roles(rule, allowed):
    assert {role for role in Role if rule(Member(role=role))} == allowed


def test_may_enter_refuses_who_is_inactive():
    assert rules.may_enter(Member(role=Role.ADMINISTRATOR, is_active=False)) is False
