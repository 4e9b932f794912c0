import pytest
from django.test import Client

from organisation.enums import Role
from tests.factories import make_location, make_member


@pytest.fixture
def here(db):
    return make_location(code="here", name="Harbour")


@pytest.fixture
def elsewhere(db):
    return make_location(code="elsewhere", name="Grand Square")


@pytest.fixture
def clerk(here):
    return make_member(Role.CLERK, name="Cleo", locations=[here])


@pytest.fixture
def manager(here):
    return make_member(Role.MANAGER, name="Mia", locations=[here])


@pytest.fixture
def sign_in():
    """A browser of that member's."""

    def signed_in(member):
        client = Client()
        client.force_login(member)
        return client

    return signed_in
