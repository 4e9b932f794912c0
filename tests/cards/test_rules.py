import pytest

from cards.models import Card
from cards.rules import may_enter_cards, may_key, may_key_again, may_oversee, may_print, may_settle
from organisation.enums import Role
from organisation.models import Member

WHO = {
    Role.ADMINISTRATOR: {may_key, may_print, may_oversee, may_enter_cards},
    Role.EDITOR: {may_print, may_enter_cards},
    Role.MANAGER: {may_key, may_print, may_oversee, may_enter_cards},
    Role.CLERK: {may_key, may_enter_cards},
    Role.SHOPPER: set(),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_its_own(role):
    rules = {may_key, may_print, may_oversee, may_enter_cards}

    assert {rule for rule in rules if rule(Member(role=role))} == WHO[role]


def test_three_readings_are_three_people():
    card = Card(first_by_id=1, second_by_id=2)
    one, two, three = (Member(pk=key) for key in (1, 2, 3))

    assert [may_key_again(who, card) for who in (one, three)] == [False, True]
    assert [may_settle(who, card) for who in (one, two, three)] == [False, False, True]
