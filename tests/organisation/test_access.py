import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from organisation.access import members
from organisation.enums import Role
from organisation.models import Member


@members(lambda member: member.role == Role.CLERK)
def page(request, word):
    return HttpResponse(word)


def ask(rf, user):
    request = rf.get("/cards/?a=1")
    request.user = user
    return page(request, word="cards")


def test_members_lets_in_whom_the_rule_allows(rf):
    assert ask(rf, Member(role=Role.CLERK)).content == b"cards"


def test_members_refuses_others(rf):
    with pytest.raises(PermissionDenied):
        ask(rf, Member(role=Role.MANAGER))


def test_members_sends_strangers_to_sign_in_and_back(rf):
    answer = ask(rf, AnonymousUser())

    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/cards/%3Fa%3D1")
