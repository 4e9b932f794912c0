import pytest
from django.db import IntegrityError, transaction

from cards.actions.rules import change_rule, set_clerk_share
from cards.models import ClerkShare, KeyingRule
from organisation.enums import Role
from organisation.models import AuditEntry
from tests.factories import make_clerk_share, make_member, make_rule
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
VALUES = {"fields_needed": 500, "fair_errors": 8, "fair_share": 30, "low_errors": 3, "low_share": 10}


@pytest.fixture
def manager():
    return make_member(Role.MANAGER)


def trail():
    return list(AuditEntry.objects.order_by("pk").values_list("action", "changes"))


def test_the_rule_is_one_row_and_its_changes_are_noted(manager):
    change_rule(**VALUES, by=manager, now=NOW)
    change_rule(**{**VALUES, "low_share": 5}, by=manager, now=NOW)

    assert KeyingRule.objects.get().low_share == 5
    assert trail()[-1] == ("changed", {"low_share": [10, 5]})


@pytest.mark.parametrize("wrong", [{"low_errors": 9}, {"low_share": 40}, {"fair_share": 101}])
def test_whoever_makes_fewer_errors_has_no_larger_share(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(**{**VALUES, **wrong})


def test_a_clerks_share_is_set_changed_and_taken_back(manager):
    clerk = make_member(Role.CLERK)

    for share in (50, 20, 20, None, None):
        set_clerk_share(clerk=clerk, share=share, by=manager, now=NOW)

    assert not ClerkShare.objects.exists()
    assert [changes["keyed_twice"] for _action, changes in trail()] == [[None, 50], [50, 20], [20, None]]


def test_a_share_is_a_percentage():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_clerk_share(make_member(Role.CLERK), 101)
