import pytest

from organisation.enums import Role
from organisation.models import Organisation
from tests.factories import make_member


@pytest.fixture
def administrator(db):
    return make_member(Role.ADMINISTRATOR, email="admin@example.org", name="Ada")


@pytest.fixture
def organisation(db):
    return Organisation.objects.get(pk=1)


@pytest.fixture
def signed_in(client, administrator):
    """A browser of the administrator's."""
    client.force_login(administrator)
    return client
