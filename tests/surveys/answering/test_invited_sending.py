from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.answering import tokens
from surveys.answering.references import reference
from surveys.enums import Kind, Mode
from surveys.models import Invitation, Response, SurveyDraft
from tests.factories import (
    make_draft,
    make_location,
    make_published,
    make_question,
    make_review_form,
    make_survey,
)
from tests.surveys.answering.closing import closing
from tests.surveys.answering.invitations import FIVE, answer, form_token, make_sent, open_form, save, send

pytestmark = pytest.mark.django_db


def state():
    return Invitation.objects.values_list("is_started", "is_finished").get()


def test_sending_stores_one_row_and_uses_the_invitation(client):
    location = make_location(code="elmgate")
    invitation = make_sent(location=location)

    sent = answer(client, invitation)

    stored = Response.objects.get()
    assert (stored.ratings, stored.mode, stored.location) == ("52x44", Mode.INVITATION, location)
    assert closing(sent) == ("/s/service/invited/thanks/", reference(stored.pk), {"at": "elmgate"})
    assert sent.headers["Cache-Control"] == "no-store"
    assert state() == (True, True)


def test_sending_leaves_no_way_from_an_anonymous_response_to_its_invitation(client):
    invitation = make_sent()
    before = Invitation.objects.values().get()

    answer(client, invitation)

    response, after = Response.objects.values().get(), Invitation.objects.values().get()
    assert {name for name in after if after[name] != before[name]} == {"is_started", "is_finished"}
    assert response["received_at"] is None
    assert response["id"].version == 4
    values = {str(value) for value in response.values()}
    assert not {invitation.email, bytes(invitation.nonce).hex(), bytes(invitation.token_hash).hex()} & values


def test_thanks_offers_no_second_answer(client):
    page = client.get(answer(client, make_sent()).headers["Location"])

    assert page.status_code == 200
    assert "Answer once more" not in page.content.decode()


def test_sending_again_is_the_same_row(client):
    token = form_token(open_form(client, make_sent()))

    replies = {closing(send(client, token, **FIVE))[1] for _ in range(3)}

    assert len(replies) == 1
    assert Response.objects.count() == 1


def test_sending_again_with_other_answers_gives_them_back(client):
    token = form_token(open_form(client, make_sent()))
    send(client, token, **FIVE)

    reply = send(client, token, **{**FIVE, "quality": "1"})

    assert reply.status_code == 410
    assert "You have answered already" in reply.content.decode()
    assert "1 Very poor" in reply.content.decode()
    assert Response.objects.get().ratings == "52x44"


def test_second_page_of_an_invitation_stores_nothing(client):
    invitation = make_sent()
    first, second = (form_token(open_form(client, invitation)) for _ in range(2))
    send(client, first, **FIVE)

    reply = send(client, second, **FIVE)

    assert reply.status_code == 410
    assert Response.objects.count() == 1


def test_form_without_a_token_gives_the_answers_back(client):
    make_sent()

    reply = send(client, "forged", **FIVE)

    assert reply.status_code == 403
    assert "5 Excellent" in reply.content.decode()
    assert Response.objects.count() == 0


def test_form_token_of_an_ordinary_page_is_none_of_an_invitation(client):
    invitation = make_sent()
    version = invitation.mailing.survey.live_version
    token = tokens.issue(
        version_id=version.pk, location="main", touchpoint="service", mode=Mode.INVITATION, now=timezone.now()
    )

    assert send(client, tokens.sign(token), **FIVE).status_code == 403


def test_invitation_that_was_deleted_gives_the_answers_back(client):
    invitation = make_sent()
    token = form_token(open_form(client, invitation))
    invitation.delete()

    assert send(client, token, **FIVE).status_code == 403
    assert save(client, token, **FIVE).status_code == 403
    assert (Response.objects.count(), SurveyDraft.objects.count()) == (0, 0)


def test_mistakes_come_back_with_every_answer_and_use_nothing(client):
    draft = make_draft(make_survey(slug="service"))
    make_question(draft, 6, key="why", kind=Kind.TEXT, is_required=True)
    invitation = make_sent(make_published(draft=draft))

    reply = answer(client, invitation, **FIVE)

    assert reply.status_code == 422
    assert reply.content.decode().count(" checked") == 5
    assert "connect-src 'self'" in reply.headers["Content-Security-Policy"]
    assert state() == (False, False)


def test_page_that_waited_too_long_keeps_its_invitation(client):
    invitation = make_sent()
    old = tokens.read_invited(form_token(open_form(client, invitation)))
    stale = tokens.sign(
        tokens.FormToken(
            old.submission,
            old.version_id,
            old.location,
            old.touchpoint,
            old.mode,
            old.issued_at - timedelta(days=30),
            old.invitation,
        )
    )

    again = send(client, stale, **FIVE)
    sent = send(client, form_token(again), **FIVE)

    assert (again.status_code, sent.status_code) == (422, 303)
    assert state() == (True, True)


def test_survey_that_closed_meanwhile_takes_who_had_begun(client):
    invitation = make_sent()
    token = form_token(open_form(client, invitation))
    survey = invitation.mailing.survey
    survey.closes_at = timezone.now()
    survey.save(update_fields=["closes_at"])

    assert send(client, token, **FIVE).status_code == 303


def test_address_of_sending_leads_back_to_the_form(client):
    make_sent()

    reply = client.get("/s/service/invited/send/")

    assert (reply.status_code, reply.headers["Location"]) == (302, "/s/service/invited/")


def test_saving_keeps_what_is_answered_and_starts(client):
    token = form_token(open_form(client, make_sent()))

    by_button = save(client, token, quality="4", speed="")
    by_script = save(client, token, by_script=True, quality="4", overall="x")

    assert (by_button.status_code, by_button.headers["Location"]) == (
        303,
        "/s/service/invited/saved/?lang=en",
    )
    assert (by_script.status_code, by_script.content) == (204, b"")
    assert SurveyDraft.objects.get().answers == {"quality": ["4"], "overall": ["x"]}
    assert state() == (True, False)
    assert Response.objects.count() == 0


def test_saving_nothing_starts_nothing_and_forgets(client):
    token = form_token(open_form(client, make_sent()))

    assert save(client, token, by_script=True).status_code == 204
    assert state() == (False, False)

    save(client, token, by_script=True, quality="4")
    save(client, token, by_script=True)
    assert SurveyDraft.objects.count() == 0


def test_saving_asks_for_nothing_that_must_be_answered(client):
    draft = make_draft(make_survey(slug="service"))
    make_question(draft, 6, key="why", kind=Kind.TEXT, is_required=True)
    token = form_token(open_form(client, make_sent(make_published(draft=draft))))

    assert save(client, token, by_script=True, quality="4").status_code == 204


@pytest.mark.parametrize(
    "bad",
    [
        {"quality": "6"},
        {"quality": ["1", "2"]},
        {"nobody_asked": "1"},
        {"why": "x" * 10_001},
        {"why": "a\0b"},
    ],
)
def test_saving_what_cannot_be_an_answer_is_refused(client, bad):
    draft = make_draft(make_survey(slug="service"))
    make_question(draft, 6, key="why", kind=Kind.TEXT)
    token = form_token(open_form(client, make_sent(make_published(draft=draft))))

    by_script = save(client, token, by_script=True, speed="2", **bad)
    by_button = save(client, token, speed="2", **bad)

    assert (by_script.status_code, by_button.status_code) == (422, 422)
    assert 'id="q-speed-2" value="2" checked' in by_button.content.decode()
    assert SurveyDraft.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["ř" * 10_000, "\u202eabc\u200b", "<script>alert(1)</script>", "'; DROP TABLE"]
)
def test_saved_text_comes_back_as_it_was(client, text):
    draft = make_draft(make_survey(slug="service"))
    make_question(draft, 6, key="why", kind=Kind.TEXT)
    invitation = make_sent(make_published(draft=draft))
    token = form_token(open_form(client, invitation))

    assert save(client, token, by_script=True, why=text).status_code == 204

    assert SurveyDraft.objects.get().answers == {"why": [text]}
    assert "<script>alert" not in open_form(client, invitation).content.decode()


def test_saving_after_sending_brings_nothing_back(client):
    token = form_token(open_form(client, make_sent()))
    save(client, token, quality="4")
    send(client, token, **FIVE)

    late = save(client, token, by_script=True, quality="4"), save(client, token, quality="4")

    assert [reply.status_code for reply in late] == [410, 410]
    assert SurveyDraft.objects.count() == 0


@pytest.mark.parametrize("token", ["", "x", "\0", "a:b"])
def test_saving_without_an_invitation_is_refused(client, token):
    make_sent()

    assert save(client, token, by_script=True, quality="4").status_code == 403
    assert save(client, token, quality="4").status_code == 403


def test_saving_is_a_post_alone(client):
    make_sent()

    assert client.get("/s/service/invited/save/").status_code == 405


def test_saving_a_review_keeps_the_name_and_neither_contact_nor_consent(client):
    invitation = make_sent(make_review_form(slug="service"))
    about = {
        "your-name": " Ana  Novak ",
        "your-email": "ana@example.org",
        "your-phone": "12 34 56 78",
        "may-publish": "yes",
        "may-contact": "yes",
    }

    save(client, form_token(open_form(client, invitation)), by_script=True, overall="4", **about)

    assert SurveyDraft.objects.get().answers == {"overall": ["4"], "your-name": ["Ana Novak"]}
    page = open_form(client, invitation).content.decode()
    assert 'value="Ana Novak"' in page
    assert [part for part in ("ana@example.org", "12 34", 'value="yes" checked') if part in page] == []


@pytest.mark.parametrize("name", ["x" * 101, "\0", "\u200b"])
def test_saving_a_name_that_cannot_be_kept_keeps_the_answers(client, name):
    token = form_token(open_form(client, make_sent(make_review_form(slug="service"))))

    saved = save(client, token, by_script=True, overall="4", **{"your-name": name})

    assert (saved.status_code, SurveyDraft.objects.get().answers) == (204, {"overall": ["4"]})
