"""Every address by every role: an address without a line in a table fails here, and so does a line that lies."""

from collections import Counter
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from feedback_site.middleware import PUBLIC_PREFIXES
from organisation.enums import Role
from tests.house.addresses import ONLY_IN_DEBUG, is_of_a_part, named_addresses, pages, tables

# Who may what is decided above the database; that each page works on both is its own tests' subject.
pytestmark = pytest.mark.once

LOGIN = "/account/login/"
# What a guard answers with; 405 only where the page does not know the method at all.
REFUSALS = {403, 404}


@dataclass(frozen=True)
class Caller:
    """Somebody at the door: a member of a role who holds the world's location or another, or nobody we know."""

    who: str
    client: Client
    role: str = ""
    is_elsewhere: bool = False

    def is_answered_rightly(self, page, answer):
        if page.public or (page.allows(self.role) and not (page.scoped and self.is_elsewhere)):
            return is_let_in(answer)
        return answer.status_code in REFUSALS if self.role else is_sent_to_sign_in(answer)


def callers(world):
    yield Caller("a stranger", Client())
    yield Caller("somebody deactivated", client_of(world.inactive))
    for role, member in world.members.items():
        yield Caller(role.value, client_of(member), role=role)
    for role, member in world.members_elsewhere.items():
        yield Caller(f"{role.value} elsewhere", client_of(member), role=role, is_elsewhere=True)


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


def is_sent_to_sign_in(answer):
    return answer.status_code == 302 and answer.url.startswith(LOGIN)


def is_let_in(answer):
    return answer.status_code in {200, 204, 302, 303} and not is_sent_to_sign_in(answer)


def told(answer):
    return f"{answer.status_code} {answer.headers.get('Location', '')}".strip()


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

    found = {
        "without a line": wanted - set(lines),
        "lines without an address": set(lines) - wanted,
        "with two lines": {name for name, count in lines.items() if count > 1},
    }
    assert {what: sorted(names) for what, names in found.items() if names} == {}


def test_only_public_pages_pass_by_the_session():
    routes = {f"/{route}": name for name, route in named_addresses()}

    past = {name for route, name in routes.items() if route.startswith(PUBLIC_PREFIXES)}

    assert {name for name in past if (page := pages().get(name)) and not page.public} == set()


def test_every_role_in_a_table_exists():
    roles = {role for page in pages().values() for role in page.roles.split()}

    assert roles - set(Role.values) == set()


@pytest.mark.parametrize("name", sorted(pages()))
def test_page_is_open_to_whom_its_line_names_and_to_nobody_else(name, world):
    page, wrong = pages()[name], {}
    request = page.request(name, world)

    for caller in callers(world):
        answer = request.by(caller.client)
        if not caller.is_answered_rightly(page, answer):
            wrong[caller.who] = told(answer)
        # No other method is a way around.
        if not page.allows(caller.role):
            for method in {"get", "post"} - {request.method}:
                other = request.by(caller.client, method=method)
                if not (other.status_code in REFUSALS | {405} or is_sent_to_sign_in(other)):
                    wrong[f"{caller.who}, by {method}"] = told(other)

    assert wrong == {}


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


def test_admin_is_closed(world):
    addresses = [reverse("admin:app_list", args=["organisation"]), *addresses_of("admin:").values()]
    outside = [caller for caller in callers(world) if caller.role != Role.ADMINISTRATOR]

    open_to = {
        f"{caller.who}: {address}": end
        for caller in outside
        for address in addresses
        if not is_closed(end := way_to(caller.client, address))
    }

    assert open_to == {}


def way_to(client, address):
    """Where an address leads in the end: status and path."""
    answer = client.get(address, follow=True)
    return answer.status_code, answer.request["PATH_INFO"]


def is_closed(end):
    status, path = end
    return status in REFUSALS | {405} or path == LOGIN


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
