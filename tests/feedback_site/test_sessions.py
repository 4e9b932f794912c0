import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from organisation.enums import Role
from tests.factories import make_member

pytestmark = pytest.mark.django_db


# In quotes a cookie spells any character by its number.
@pytest.mark.parametrize(
    "key", [r'"\000aaaaaaaa"', r'"aaaaaaaa\000"', r'"\377aaaaaaaa"', "A" * 32, "a" * 5000]
)
def test_cookie_that_is_no_key_is_nobodys_session(key):
    answer = Client().get("/surveys/", headers={"cookie": f"sessionid={key}"})

    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/surveys/")


def test_session_is_found_by_its_key(client):
    client.force_login(make_member(Role.EDITOR))
    key = Session.objects.get().session_key

    answer = Client().get("/surveys/", headers={"cookie": f"sessionid={key}"})

    assert answer.status_code == 200
