import pytest

from cards.models import ClerkShare, KeyingRule
from organisation.enums import Role
from tests.factories import make_clerk_share, make_location, make_member, make_region

pytestmark = pytest.mark.django_db
LISTING = "/cards/keyers/"
RULE = {"fields_needed": 500, "fair_errors": 8, "fair_share": 30, "low_errors": 3, "low_share": 10}


def names(answer):
    return [row.keyer.name for row in answer.context["rows"]]


def test_a_clerk_sees_the_own_row_only(sign_in, clerk, here):
    make_member(Role.CLERK, name="Otto", locations=[here])

    assert names(sign_in(clerk).get(LISTING)) == ["Cleo"]


def test_a_manager_sees_who_keys_at_the_locations_held(sign_in, clerk, here):
    region = make_region()
    place = make_location(region=region)
    manager = make_member(Role.MANAGER, name="Mia", locations=[here], regions=[region])
    make_member(Role.CLERK, name="Otto", locations=[make_location()])
    make_member(Role.CLERK, name="Rita", regions=[region])
    make_member(Role.CLERK, name="Paul", locations=[place, here])

    assert names(sign_in(manager).get(LISTING)) == ["Cleo", "Paul", "Rita", "Mia"]


def test_a_manager_sets_and_takes_back_a_clerks_share(sign_in, manager, clerk):
    browser = sign_in(manager)

    browser.post(f"{LISTING}{clerk.pk}/", {"share": "25"})
    assert ClerkShare.objects.get().share == 25

    browser.post(f"{LISTING}{clerk.pk}/", {"share": ""})
    assert not ClerkShare.objects.exists()


@pytest.mark.parametrize("share", ["101", "-1", "x", "9" * 30])
def test_a_share_that_is_no_percentage_is_refused(sign_in, manager, clerk, share):
    assert sign_in(manager).post(f"{LISTING}{clerk.pk}/", {"share": share}).status_code == 422


def test_a_manager_sets_nobodys_share_elsewhere(sign_in, manager, elsewhere):
    other = make_member(Role.CLERK, locations=[elsewhere])

    assert sign_in(manager).post(f"{LISTING}{other.pk}/", {"share": "0"}).status_code == 404
    assert sign_in(manager).get(f"{LISTING}{10**30}/").status_code == 404


def test_a_share_set_by_hand_says_so(sign_in, manager, clerk):
    make_clerk_share(clerk, 30)

    page = sign_in(manager).get(LISTING)

    assert "set by hand" in page.content.decode()


def test_an_administrator_changes_the_rule(sign_in):
    browser = sign_in(make_member(Role.ADMINISTRATOR))

    browser.post(f"{LISTING}rule/", RULE)

    assert KeyingRule.objects.get().fair_share == 30
    assert browser.post(f"{LISTING}rule/", {**RULE, "low_share": 40}).status_code == 422
    assert browser.post(f"{LISTING}rule/", {**RULE, "fair_errors": "x"}).status_code == 422


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    sign_in, manager, here, django_assert_max_num_queries
):
    browser = sign_in(manager)
    for _ in range(3):
        make_member(Role.CLERK, locations=[here])

    with django_assert_max_num_queries(10):
        browser.get(LISTING)
