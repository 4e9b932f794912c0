from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from surveys.actions.unsubscribing import unsubscribe
from surveys.answering import tokens
from surveys.answering.invited import PASSES
from surveys.enums import Mode
from surveys.inviting.addresses import address_hash
from surveys.inviting.links import derived_token
from surveys.models import Invitation, Response, SurveyDraft
from tests.factories import make_location, make_published, make_survey, make_touchpoint
from tests.surveys.answering.invitations import (
    FIVE,
    answer,
    form_token,
    link_of,
    make_sent,
    open_form,
    save,
    send,
)

pytestmark = pytest.mark.django_db


def test_link_leads_to_an_address_that_names_nobody(client):
    invitation = make_sent()

    reply = client.get(link_of(invitation))

    assert (reply.status_code, reply.headers["Location"]) == (303, "/s/service/invited/")
    assert (reply.headers["Cache-Control"], reply.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    cookie = reply.cookies["invited"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/s/service/invited/", True, "Lax")
    assert cookie["max-age"] == ""


def test_link_shows_the_survey_of_its_place_and_language(client):
    version = make_published(
        make_survey(slug="service"), translations={"cs": {"title": "Jak jsme si vedli?"}}
    )
    location, touchpoint = make_location(code="elmgate", name="Elmgate"), make_touchpoint(code="checkout")
    invitation = make_sent(version, location=location, touchpoint=touchpoint)

    page = open_form(client, invitation)
    token = tokens.read_invited(form_token(page))

    assert page.status_code == 200
    assert "Elmgate" in page.content.decode()
    assert (token.location, token.touchpoint, token.mode) == ("elmgate", "checkout", Mode.INVITATION)
    assert token.invitation == invitation.pk
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_twenty_times_uses_nothing(client, method):
    invitation = make_sent()
    before = Invitation.objects.values().get()

    for _ in range(20):
        assert getattr(client, method)(link_of(invitation), follow=True).status_code == 200

    assert Invitation.objects.values().get() == before
    assert (Response.objects.count(), SurveyDraft.objects.count()) == (0, 0)
    assert answer(client, invitation).status_code == 303


@pytest.mark.parametrize(
    "token", ["x", "a" * 31, "a" * 33, "a" * 5000, "%00" * 32, "é" * 32, "..", "a" * 31 + "+"]
)
def test_malformed_token_has_a_page_of_its_own(client, token, django_assert_num_queries):
    reply = client.get(f"/i/{token}/")

    assert reply.status_code == 404
    assert "This link does not work" in reply.content.decode()


def test_forged_token_has_a_page_of_its_own(client):
    make_sent()

    reply = client.get(f"/i/{derived_token(b'0' * 16, 'another key')}/")

    assert (reply.status_code, reply.cookies) == (404, {})
    assert "This link does not work" in reply.content.decode()


def test_used_link_thanks_and_says_so(client):
    invitation = make_sent()
    answer(client, invitation)

    for page in (client.get(link_of(invitation)), client.get("/s/service/invited/")):
        assert page.status_code == 410
        assert "You have answered already" in page.content.decode()


def test_unsubscribed_person_is_asked_and_may_answer_all_the_same(client):
    invitation = make_sent()
    unsubscribe(key=address_hash(invitation.email), now=timezone.now())

    page = client.get(link_of(invitation))
    form = client.get(f"{link_of(invitation)}?anyway=1", follow=True)

    assert page.status_code == 200
    assert "You no longer get invitations" in page.content.decode()
    assert form.redirect_chain == [("/s/service/invited/", 303)]
    assert send(client, form_token(form), **FIVE).status_code == 303


def test_form_without_a_pass_says_how_to_come_back(client):
    make_sent()

    page = client.get("/s/service/invited/")

    assert page.status_code == 403
    assert "open the link in your e-mail once more" in page.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "\x00",
        "1:2:3",
        pytest.param(signing.TimestampSigner(salt="another").sign_object(1), id="another salt"),
    ],
)
def test_form_takes_no_pass_that_was_not_made_here(client, text):
    make_sent()
    client.cookies["invited"] = text

    assert client.get("/s/service/invited/").status_code == 403


def test_form_takes_no_pass_of_another_day(client, monkeypatch):
    invitation = make_sent()
    later = timezone.now() - timedelta(hours=25)
    monkeypatch.setattr(signing.time, "time", later.timestamp)
    client.cookies["invited"] = signing.TimestampSigner(salt=PASSES).sign_object(invitation.pk)
    monkeypatch.undo()

    assert client.get("/s/service/invited/").status_code == 403


def test_form_takes_no_pass_for_another_survey(client):
    open_form(client, make_sent())
    make_published(make_survey(slug="other"))

    assert client.get("/s/other/invited/").status_code == 403


def test_form_of_a_closed_survey_says_so(client):
    invitation = make_sent()
    survey = invitation.mailing.survey
    survey.closes_at = timezone.now() - timedelta(days=1)
    survey.save(update_fields=["closes_at"])

    page = open_form(client, invitation)

    assert page.status_code == 410
    assert "This survey is closed" in page.content.decode()


def test_form_is_read_with_two_queries(client, django_assert_num_queries):
    """The invitation with its draft, and what the address names."""
    open_form(client, make_sent())

    with django_assert_num_queries(1):
        client.get("/s/service/invited/")


def test_form_finds_what_was_answered_before(client):
    invitation = make_sent()
    save(client, form_token(open_form(client, invitation)), quality="4", speed="2")

    elsewhere = type(client)()
    page = open_form(elsewhere, invitation).content.decode()

    assert page.count(" checked") == 2
    assert 'id="q-quality-4" value="4" checked' in page


def test_form_that_was_begun_keeps_its_version(client):
    invitation = make_sent()
    version = invitation.mailing.survey.live_version
    save(client, form_token(open_form(client, invitation)), quality="4")
    make_published(invitation.mailing.survey, questions=[("quality", "quality")])

    page = open_form(type(client)(), invitation)
    sent = send(client, form_token(page), **FIVE)

    assert sent.status_code == 303
    assert Response.objects.get().version == version


def test_draft_that_expired_is_not_shown(client):
    invitation = make_sent()
    save(client, form_token(open_form(client, invitation)), quality="4")
    SurveyDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert " checked" not in open_form(client, invitation).content.decode()


def test_draft_is_kept_for_twenty_hours_at_least(client, settings):
    invitation = make_sent()

    save(client, form_token(open_form(client, invitation)), quality="4")

    assert settings.DRAFT_HOURS >= 20
    assert SurveyDraft.objects.get().expires_at > timezone.now() + timedelta(hours=19, minutes=59)


def test_page_after_saving_says_how_to_go_on(client):
    make_sent()

    page = client.get("/s/service/invited/saved/")

    assert page.status_code == 200
    assert "Your answers are saved" in page.content.decode()
    assert 'href="/s/service/invited/?lang=en"' in page.content.decode()


def test_ordinary_page_takes_no_form_of_an_invitation(client):
    invitation = make_sent()
    token = form_token(open_form(client, invitation))

    reply = client.post("/s/service/send/", {"token": token, "lang": "en", **FIVE})

    assert reply.status_code == 422
    assert Response.objects.count() == 0
