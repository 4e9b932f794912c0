import pytest
from django.test import Client

from tests.factories import make_member


@pytest.fixture
def editor(db):
    return make_member("editor")


@pytest.fixture
def client(editor, settings):
    """Signed in as an editor."""
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    client.force_login(editor)
    return client
