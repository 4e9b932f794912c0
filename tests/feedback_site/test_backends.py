import pytest
from django.contrib.auth import get_user
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback_site.backends import MemberBackend
from organisation.models import Member
from tests.factories import make_location, make_member

pytestmark = pytest.mark.django_db


def test_a_member_is_the_one_that_django_finds():
    make_member()
    member = make_member(locations=[make_location()])

    found = MemberBackend().get_user(member.pk)

    django = ModelBackend().get_user(member.pk)
    assert (found, model_to_dict(found)) == (django, model_to_dict(django))
    assert (found.joined_at, found._state.db, found._state.adding) == (django.joined_at, "default", False)


def test_nobody_is_found_who_is_gone_or_may_not_sign_in():
    member = make_member()
    Member.objects.filter(pk=member.pk).update(is_active=False)

    assert MemberBackend().get_user(member.pk) is None
    assert MemberBackend().get_user(member.pk + 1) is None


def test_each_request_sees_the_member_of_that_moment():
    member, client = make_member(name="Before"), Client()
    client.force_login(member)
    assert get_user(client).name == "Before"
    Member.objects.filter(pk=member.pk).update(name="After")

    with CaptureQueriesContext(connection) as captured:
        found = get_user(client)

    assert (found.name, len([one for one in captured if "organisation_member" in one["sql"]])) == ("After", 1)


def test_a_new_password_ends_the_sessions_of_the_old_one():
    member, client = make_member(), Client()
    client.force_login(member)
    member.set_password("another one, and long")
    member.save()

    assert not get_user(client).is_authenticated
