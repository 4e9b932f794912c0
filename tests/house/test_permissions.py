"""Every address by every role: an address without a line in a table fails here, and so does a line that lies."""

from collections import Counter

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from feedback_site.middleware import PUBLIC_PREFIXES
from organisation.enums import Role
from tests.house.addresses import ONLY_IN_DEBUG, is_of_a_part, named_addresses, pages, tables

LOGIN = "/account/login/"
# What a guard answers with; 405 only where the page does not know the method at all.
REFUSALS = {403, 404}


def ask(world, page, name, *, by=None, method=""):
    """The answer, and no trace of the request in the database."""
    client = Client()
    if by is not None:
        client.force_login(by)
    # What the world makes when it is first asked for must outlive the request.
    address = page.address(name, world)
    with transaction.atomic():
        answer = page.request(client, address, world, method=method)
        transaction.set_rollback(True)
    return answer


def is_sent_to_sign_in(answer):
    return answer.status_code == 302 and answer.url.startswith(LOGIN)


def is_let_in(answer):
    return answer.status_code in {200, 204, 302, 303} and not is_sent_to_sign_in(answer)


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def test_every_address_has_a_name():
    assert [route for name, route in named_addresses() if name is None and not is_of_admin(route)] == []


def is_of_admin(route):
    return route.startswith("admin/")


def test_every_address_has_a_line_in_one_table():
    wanted = {name for name, _route in named_addresses() if name and not is_of_a_part(name)} - ONLY_IN_DEBUG
    lines = Counter(name for table in tables().values() for name in table)

    assert {name: lines[name] for name in wanted | set(lines)} == dict.fromkeys(wanted, 1)


def test_only_public_pages_pass_by_the_session():
    routes = {f"/{route}": name for name, route in named_addresses()}

    past = {name for route, name in routes.items() if route.startswith(PUBLIC_PREFIXES)}

    assert {name for name in past if (page := pages().get(name)) and not page.public} == set()


def test_every_role_in_a_table_exists():
    roles = {role for page in pages().values() for role in page.roles.split()}

    assert roles - set(Role.values) == set()


@pytest.mark.parametrize("name", sorted(pages()))
def test_page_is_open_to_whom_its_line_names_and_to_nobody_else(name, world):
    page = pages()[name]

    said = {role: ask(world, page, name, by=member) for role, member in world.members.items()}

    wrong = {
        role: (answer.status_code, answer.headers.get("Location", ""))
        for role, answer in said.items()
        if not (is_let_in(answer) if page.allows(role) else answer.status_code in REFUSALS)
    }
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(pages()))
def test_page_knows_no_method_that_lets_another_role_in(name, world):
    page = pages()[name]
    refused = {role: member for role, member in world.members.items() if not page.allows(role)}

    said = {
        (role, method): ask(world, page, name, by=member, method=method).status_code
        for role, member in refused.items()
        for method in ("get", "post")
    }

    assert {who: status for who, status in said.items() if status not in REFUSALS | {405}} == {}


@pytest.mark.parametrize("name", sorted(pages()))
def test_page_sends_strangers_to_sign_in(name, world):
    page = pages()[name]

    stranger, inactive = ask(world, page, name), ask(world, page, name, by=world.inactive)

    expected = is_let_in if page.public else is_sent_to_sign_in
    assert (expected(stranger), expected(inactive)) == (True, True)


@pytest.mark.parametrize("name", sorted(name for name, page in pages().items() if not page.public))
def test_page_looks_at_the_places_a_member_holds(name, world):
    page = pages()[name]
    allowed = {role: member for role, member in world.members_elsewhere.items() if page.allows(role)}

    said = {role: ask(world, page, name, by=member) for role, member in allowed.items()}

    expected = (lambda answer: answer.status_code in REFUSALS) if page.scoped else is_let_in
    assert {role: answer.status_code for role, answer in said.items() if not expected(answer)} == {}


def addresses_of(*parts):
    """Addresses of these parts that can be made without knowing any key."""
    found = {}
    for name, _route in named_addresses():
        if name and name.startswith(parts):
            try:
                found[name] = reverse(name)
            except NoReverseMatch:
                continue
    return found


@pytest.mark.parametrize("name", sorted(addresses_of("admin:")))
def test_admin_is_closed(name, world):
    others = [member for role, member in world.members.items() if role != Role.ADMINISTRATOR]

    ways = {str(member): way_to(reverse(name), member) for member in [None, world.inactive, *others]}

    open_to = {who: end for who, end in ways.items() if end[0] not in REFUSALS | {405} and end[1] != LOGIN}
    assert open_to == {}


def way_to(address, member):
    """Where an address leads in the end: status and path."""
    client = Client()
    if member is not None:
        client.force_login(member)
    answer = client.get(address, follow=True)
    return answer.status_code, answer.request["PATH_INFO"]


# Pages of allauth that are there for people who are not signed in.
OPEN_ACCOUNT_PAGES = {
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_login_webauthn",
}


@pytest.mark.parametrize("name", sorted(addresses_of("account_", "mfa_").keys() - OPEN_ACCOUNT_PAGES))
def test_account_page_is_closed(name, db, client):
    said = client.get(reverse(name)).status_code, client.post(reverse(name)).status_code

    assert 200 not in said


def test_sign_up_stays_closed(db, client):
    client.post("/account/signup/", {"email": "stranger@example.org", "password1": "a-long-enough-word"})

    assert "_auth_user_id" not in client.session
