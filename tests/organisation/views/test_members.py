import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from organisation.enums import Role
from organisation.models import Member
from tests.factories import make_location, make_member, make_region
from tests.organisation.trail import trail
from tests.organisation.views.queries import queries_of

pytestmark = pytest.mark.django_db
LISTING = "/organisation/members/"
MIA = {"email": "mia@example.org", "name": "Mia", "role": Role.MANAGER, "all_locations": "on"}
LINK = re.compile(r"http://testserver/account/password/reset/key/[\w-]+/")


def says(answer):
    return [str(message) for message in answer.context["messages"]]


def test_listing_takes_as_many_queries_for_three_as_for_one(signed_in):
    make_member(locations=[make_location()])
    one = queries_of(signed_in, LISTING)
    make_member(locations=[make_location()]), make_member(regions=[make_region()])

    assert queries_of(signed_in, LISTING) == one


def test_add_shows_a_link_with_which_the_member_sets_a_password(signed_in, client):
    answer = signed_in.post(f"{LISTING}add/", MIA, follow=True)

    member = Member.objects.get(email="mia@example.org")
    assert answer.request["PATH_INFO"] == f"{LISTING}{member.pk}/password-link/"
    assert len(set(LINK.findall(answer.content.decode()))) == 1
    assert "no-store" in answer["Cache-Control"]
    assert (member.has_usable_password(), mail.outbox) == (False, [])


def test_add_mails_the_link_where_mail_is_set_up(signed_in, settings):
    settings.MAIL_HOST = "mail.example.org"

    answer = signed_in.post(f"{LISTING}add/", MIA, follow=True)

    assert says(answer) == ["“Mia” was added.", "The link went to mia@example.org."]
    assert [message.to for message in mail.outbox] == [["mia@example.org"]]


def test_add_refuses_an_address_twice(signed_in):
    answer = signed_in.post(f"{LISTING}add/", {**MIA, "email": "Admin@example.org"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])


def test_link_is_shown_to_nobody_who_did_not_ask_for_it(signed_in):
    member = make_member()

    answer = signed_in.get(f"{LISTING}{member.pk}/password-link/")

    assert (answer.status_code, answer.url) == (302, f"{LISTING}{member.pk}/change/")


def test_link_is_shown_only_in_the_session_that_asked(signed_in, client, django_user_model):
    member, other = make_member(), make_member(Role.ADMINISTRATOR)
    signed_in.post(f"{LISTING}{member.pk}/password-link/offer/")
    elsewhere = type(client)()
    elsewhere.force_login(other)

    answer = elsewhere.get(f"{LISTING}{member.pk}/password-link/")

    assert answer.status_code == 302


def test_offering_a_link_is_in_the_trail_and_the_link_is_not(signed_in):
    member = make_member(name="Mia")

    answer = signed_in.post(f"{LISTING}{member.pk}/password-link/offer/", follow=True)

    assert LINK.search(answer.content.decode())
    assert trail() == [("offered a password link to", "Mia", {})]


def test_no_link_for_who_may_not_sign_in(signed_in):
    member = make_member(is_active=False, name="Mia")

    answer = signed_in.post(f"{LISTING}{member.pk}/password-link/offer/", follow=True)

    assert says(answer) == ["“Mia” may not sign in."]
    assert not LINK.search(answer.content.decode())


def test_change_saves(signed_in):
    member, location = make_member(email="mia@example.org"), make_location()

    signed_in.post(
        f"{LISTING}{member.pk}/change/",
        {"email": "mia@example.org", "name": "Mia", "role": Role.CLERK, "locations": [location.pk]},
    )

    member.refresh_from_db()
    assert (member.name, member.role, list(member.locations.all())) == ("Mia", "clerk", [location])


def test_change_refuses_to_demote_the_last_administrator(signed_in, administrator):
    answer = signed_in.post(f"{LISTING}{administrator.pk}/change/", {**MIA, "email": "admin@example.org"})

    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"role": ["This is the last administrator. Make somebody else one first."]},
    )


def test_administrator_who_demotes_themselves_is_sent_home(signed_in, administrator):
    make_member(Role.ADMINISTRATOR)

    answer = signed_in.post(f"{LISTING}{administrator.pk}/change/", MIA)

    assert (answer.status_code, answer.url) == (302, "/")


def test_deactivated_member_is_signed_out_at_once(signed_in, client):
    member = make_member(Role.ADMINISTRATOR)
    theirs = type(client)()
    theirs.force_login(member)
    before = theirs.get(LISTING).status_code

    signed_in.post(f"{LISTING}{member.pk}/deactivate/")

    after = theirs.get(LISTING)
    assert (before, after.status_code, after.url[:15]) == (200, 302, "/account/login/")


def test_deactivate_refuses_the_last_administrator(signed_in, administrator):
    answer = signed_in.post(f"{LISTING}{administrator.pk}/deactivate/", follow=True)

    administrator.refresh_from_db()
    assert administrator.is_active
    assert says(answer) == ["This is the last administrator. Make somebody else one first."]


def test_reactivate_opens_the_door_again(signed_in):
    member = make_member(is_active=False)

    signed_in.post(f"{LISTING}{member.pk}/reactivate/")

    member.refresh_from_db()
    assert member.is_active


def test_reset_factor_removes_it(signed_in):
    member = make_member()
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={})

    signed_in.post(f"{LISTING}{member.pk}/second-factor/reset/")

    assert Authenticator.objects.count() == 0


def test_reset_factor_refuses_ones_own(signed_in, administrator):
    answer = signed_in.post(f"{LISTING}{administrator.pk}/second-factor/reset/", follow=True)

    assert says(answer) == ["Your own second factor is changed on your account page."]


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_unknown_member_is_not_found(signed_in, pk):
    assert signed_in.get(f"{LISTING}{pk}/change/").status_code == 404


@pytest.mark.parametrize("query", ["role=king", "words=%00", "state=x", "page=0"])
def test_listing_bears_any_address(signed_in, query):
    assert signed_in.get(f"{LISTING}?{query}").status_code == 200
