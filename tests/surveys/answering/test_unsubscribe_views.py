import pytest
from django.test import Client

from surveys.inviting.addresses import address_hash
from surveys.models import Invitation, Unsubscribed
from tests.surveys.answering.invitations import answer, link_of, make_sent

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def address_of(invitation):
    return f"{link_of(invitation)}unsubscribe/"


def test_opening_changes_nothing(client):
    invitation = make_sent()

    for _ in range(20):
        page = client.get(address_of(invitation))
        client.head(address_of(invitation))

    assert page.status_code == 200
    assert "Stop invitations" in page.content.decode()
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert Unsubscribed.objects.count() == 0


def test_button_unsubscribes_and_takes_back(client):
    invitation = make_sent()

    left = client.post(address_of(invitation), {"wish": "leave"}, follow=True)
    is_left = Unsubscribed.objects.filter(pk=address_hash(invitation.email)).exists()
    back = client.post(address_of(invitation), {"wish": "stay"}, follow=True)

    assert left.redirect_chain == [(address_of(invitation), 303)]
    assert "You will get no more invitations" in left.content.decode()
    assert is_left
    assert "Stop invitations" in back.content.decode()
    assert Unsubscribed.objects.count() == 0


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_unsubscribes_without_a_cookie_and_leads_nowhere(kind):
    invitation = make_sent()
    body = (
        "List-Unsubscribe=One-Click"
        if kind.endswith("urlencoded")
        else '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    )
    boundary = "; boundary=b" if kind.startswith("multipart") else ""

    reply = Client(enforce_csrf_checks=True).post(address_of(invitation), body, content_type=kind + boundary)
    again = Client().post(address_of(invitation), ONE_CLICK)

    assert (reply.status_code, again.status_code) == (200, 200)
    assert Unsubscribed.objects.count() == 1


def test_goodbye_holds_after_the_address_was_erased(client):
    invitation, key = make_sent(), address_hash("anna@example.org")
    Invitation.objects.update(email="", name="", address_hash=key)

    client.post(address_of(invitation), ONE_CLICK)

    assert bytes(Unsubscribed.objects.get().pk) == key
    client.post(address_of(invitation), {"wish": "stay"})
    assert Unsubscribed.objects.count() == 0


def test_used_invitation_unsubscribes_too(client):
    invitation = make_sent()
    answer(client, invitation)

    client.post(address_of(invitation), ONE_CLICK)

    assert Unsubscribed.objects.count() == 1


def test_unsubscribing_keeps_no_address_and_leaves_the_invitation_alone(client):
    invitation = make_sent(email="anna@example.org")
    before = Invitation.objects.values().get()

    client.post(address_of(invitation), ONE_CLICK)

    assert b"anna" not in bytes(Unsubscribed.objects.get().pk)
    assert Invitation.objects.values().get() == before


@pytest.mark.parametrize("data", [{}, {"wish": "?"}, {"wish": "\0"}, {"List-Unsubscribe": "Two"}])
def test_what_is_not_understood_changes_nothing(client, data):
    reply = client.post(address_of(make_sent()), data)

    assert reply.status_code == 400
    assert "Nothing was changed" in reply.content.decode()
    assert Unsubscribed.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_forged_token_unsubscribes_nobody(client, method):
    make_sent()

    reply = getattr(client, method)(f"/i/{'a' * 32}/unsubscribe/", ONE_CLICK)

    assert reply.status_code == 404
    assert Unsubscribed.objects.count() == 0
