from datetime import UTC, datetime, timedelta

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


def test_session_that_has_ended_is_nobodys(client):
    client.force_login(make_member(Role.EDITOR))
    before = client.get("/surveys/").status_code
    Session.objects.update(expire_date=datetime.now(tz=UTC) - timedelta(seconds=1))

    assert (before, client.get("/surveys/").status_code) == (200, 302)


def test_session_that_was_removed_is_nobodys(client):
    client.force_login(make_member(Role.EDITOR))
    before = client.get("/surveys/").status_code
    Session.objects.all().delete()

    assert (before, client.get("/surveys/").status_code) == (200, 302)
