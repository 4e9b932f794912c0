from organisation.enums import Role
from organisation.models import Member
from reviews.rules import may_moderate, may_see_originals, may_write_everywhere


def roles(rule):
    return {role for role in Role if rule(Member(role=role))}


def test_rules_name_their_roles():
    editors = {Role.ADMINISTRATOR, Role.EDITOR}

    assert roles(may_moderate) == {*editors, Role.MANAGER}
    assert roles(may_see_originals) == roles(may_write_everywhere) == editors


def test_a_manager_of_every_location_writes_for_all():
    assert may_write_everywhere(Member(role=Role.MANAGER, all_locations=True))
