"""Attacks that must fail: stuffing the ballot, forging, replaying, headers of mails, frames of strangers, scripts."""

import random
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from playwright.sync_api import expect

from scoring.actions import delete_responses, score_all_pending
from scoring.models import MeasureCell
from surveys.actions.sending import send_due
from surveys.answering import tokens
from surveys.enums import Flag, Kind
from surveys.inviting.links import token_of
from surveys.models import AllowedOrigin, Invitation, Response, SurveyDraft, Unsubscribed
from tests.browser import enter, opened
from tests.factories import (
    make_draft,
    make_invitation,
    make_mailing,
    make_member,
    make_published,
    make_question,
    make_survey,
)
from tests.factories.invitations import NOW
from tests.servers.processes import wait_until
from tests.servers.website import Website
from tests.surveys.answering.closing import closing
from tests.surveys.answering.invitations import (
    FIVE,
    TOKEN,
    answer,
    form_token,
    invited_form_token,
    link_of,
    make_sent,
    open_form,
    save,
    send,
)

in_browser = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
SCRIPT = """<script>document.title='pwned'</script><img src=x onerror="document.title='pwned'">"""


def all_marks(marks):
    def marked(function):
        for mark in marks:
            function = mark(function)
        return function

    return marked


# --- Ballot stuffing ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_stuffing_from_one_connection_is_held_and_not_dropped(client, settings):
    settings.CROWD_SIZE = 20
    make_published(make_survey(slug="service"))

    for _ in range(60):
        page = client.get("/s/service/", REMOTE_ADDR="93.184.216.34").content.decode()
        sent = client.post(
            "/s/service/send/",
            {"token": TOKEN.search(page)[1], **FIVE},
            REMOTE_ADDR="93.184.216.34",
        )
        assert sent.status_code == 303, "whoever stuffs learns nothing"
    score_all_pending(clock=timezone.now)

    held = Response.objects.held()
    assert (Response.objects.count(), held.count()) == (60, 40)
    assert {response.flags & Flag.CROWDED for response in held} == {Flag.CROWDED}
    assert set(MeasureCell.objects.filter(measure__key="quality").values_list("n5", flat=True)) == {20}


@pytest.mark.django_db
def test_spam_that_was_deleted_gets_the_same_thanks_and_stays_away(client):
    survey, sent = (
        make_published(make_survey(slug="service")).survey,
        {"token": form_token(client.get("/s/service/")), **FIVE},
    )
    before = closing(client.post("/s/service/send/", sent))
    delete_responses(responses=Response.objects.all(), subject=survey, by=None, now=timezone.now())

    again = closing(client.post("/s/service/send/", sent))

    assert (again, Response.objects.count()) == (before, 0)


@pytest.mark.django_db
def test_stuffing_from_one_page_is_held_too(client, settings):
    """One form, sent again and again with other answers, each time under the token that it is offered."""
    settings.CROWD_SIZE = 5
    make_published(make_survey(slug="service"))
    token = TOKEN.search(client.get("/s/service/").content.decode())[1]
    chance, stored, replies = random.Random(4), 0, []

    for _ in range(40):
        given = {key: chance.choice("12345") for key in FIVE}
        reply = client.post("/s/service/send/", {"token": token, **given}, REMOTE_ADDR="93.184.216.34")
        replies.append(reply.status_code)
        if reply.status_code == 422:
            token = TOKEN.search(reply.content.decode())[1]
        stored = Response.objects.count()

    assert set(replies) == {303, 422}
    assert stored == replies.count(303)
    assert Response.objects.filter(is_held=False).count() == 5


@pytest.mark.django_db
def test_stuffing_with_one_invitation_stores_one(client):
    invitation = make_sent()
    forms = [form_token(open_form(client, invitation)) for _ in range(10)]

    replies = [
        send(client, form, **{**FIVE, "quality": str(1 + n % 5)}).status_code for n, form in enumerate(forms)
    ]

    assert replies == [303] + [410] * 9
    assert Response.objects.count() == 1


# --- Forging -----------------------------------------------------------------------------------------------


def forged_forms(invitation):
    good = invited_form_token(invitation)
    content, signature = good.rsplit(":", 1)
    other = invited_form_token(make_sent(mailing=invitation.mailing))
    parts = ["0" * 32, 1, "main", "service", "invitation", 1, invitation.pk]
    yield from (
        "",
        "a:b",
        content,
        f"{content}:",
        f"{content}:{signature[::-1]}",
        f"{other.rsplit(':', 1)[0]}:{signature}",
    )
    yield from (
        signing.Signer(key="guessed", salt=tokens.INVITED).sign_object(parts),
        good[:-1],
        good + "A",
        f" {good}",
    )
    yield signing.Signer(salt="surveys.kiosk-pass").sign_object(parts)
    yield signing.Signer(salt=tokens.SALT).sign_object(parts[:-1])


@pytest.mark.django_db
def test_forged_forms_store_and_use_nothing(client):
    invitation = make_sent()

    for forged in forged_forms(invitation):
        assert send(client, forged, **FIVE).status_code == 403, forged
        assert save(client, forged, by_script=True, **FIVE).status_code == 403, forged

    assert (Response.objects.count(), SurveyDraft.objects.count()) == (0, 0)
    assert not Invitation.objects.filter(is_started=True).exists()


@pytest.mark.django_db
def test_guessed_links_open_nothing(client):
    invitation = make_sent()
    token, chance = token_of(invitation), random.Random(7)
    guesses = [token[:-1] + letter for letter in "ABCxyz09-_" if letter != token[-1]]
    guesses += [
        token.swapcase(),
        token[::-1],
        bytes(invitation.token_hash).hex()[:32],
        f"{invitation.pk:032}",
    ]
    guesses += ["".join(chance.choices("abcdefgh0123456789", k=32)) for _ in range(20)]

    for guess in guesses:
        opened_by = client.get(f"/i/{guess}/")
        left = client.post(f"/i/{guess}/unsubscribe/", {"List-Unsubscribe": "One-Click"})
        assert (opened_by.status_code, left.status_code) == (404, 404), guess

    assert "invited" not in client.cookies
    assert Unsubscribed.objects.count() == 0


@pytest.mark.django_db
def test_database_alone_gives_nobody_a_link():
    """Whoever reads every column of an invitation, but not the site's key, cannot make its token."""
    invitation = make_sent()

    columns = [str(bytes(value).hex() if isinstance(value, bytes | memoryview) else value)
               for value in Invitation.objects.values_list().get()]  # fmt: skip

    assert token_of(invitation) not in columns


# --- Replay ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_replay_of_everything_that_was_sent_changes_nothing(client):
    invitation = make_sent()
    token = form_token(open_form(client, invitation))
    save(client, token, quality="1")
    first = closing(send(client, token, **FIVE))
    rows = [list(model.objects.order_by("pk").values()) for model in (Response, Invitation)]

    replays = [closing(send(client, token, **FIVE)) for _ in range(5)]
    late = [save(client, token, by_script=True, quality="1").status_code for _ in range(5)]

    assert (replays, late) == ([first] * 5, [410] * 5)
    assert [list(model.objects.order_by("pk").values()) for model in (Response, Invitation)] == rows
    assert SurveyDraft.objects.count() == 0


@pytest.mark.django_db
def test_replay_of_a_pass_after_the_answer_opens_no_form(client):
    invitation = make_sent()
    answer(client, invitation)

    for path in (link_of(invitation), "/s/service/invited/", "/s/service/invited/?lang=en"):
        page = client.get(path)
        assert page.status_code == 410
        assert not TOKEN.search(page.content.decode())


@pytest.mark.django_db
def test_form_of_an_invitation_is_good_nowhere_else(client):
    token = invited_form_token(make_sent())

    for path in ("/s/service/", "/s/service/send/", "/s/service/embed/send/"):
        assert client.post(path, {"token": token, **FIVE}).status_code == 422
    assert (
        client.post("/kiosk/service/send/", {"pass": token}, content_type="application/json").status_code
        == 400
    )

    assert Response.objects.count() == 0


# --- Headers of mails --------------------------------------------------------------------------------------

BREAKS = ["\r\nBcc: victim@example.org", "\nSubject: other", "\rX: y"]
ODD = ["\u2028Bcc: a@b.example", "\x0bBcc: a@b.example", "\x85Bcc: a@b.example", '"><b', "=?utf-8?q?=0ABcc:_a@b.example?=", "\u202emoc", "a, b <c@d.example>"]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("bad", BREAKS)
def test_no_second_line_gets_into_what_becomes_a_header(bad):
    mailing = make_mailing()

    for make, fields in (
        (lambda **given: make_mailing(mailing.survey, **given), {"subject": f"Hello{bad}"}),
        (lambda **given: make_invitation(mailing, **given), {"name": f"Anna{bad}"}),
        (lambda **given: make_invitation(mailing, **given), {"email": f"anna@example.org{bad}"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(**fields)


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ODD)
def test_odd_names_and_subjects_add_no_header_and_no_recipient(smtp, odd):
    mailing = make_mailing(state="sending", subject=f"Dear {{name}} {odd}", body=f"{{name}}{odd}")
    invitation = make_invitation(mailing, name=f"Anna {odd}")

    send_due(clock=lambda: NOW, until=NOW + timedelta(seconds=1))

    (mail,) = smtp.mails
    assert (mail.to, mail.message.get_all("To")) == (invitation.email, [invitation.email])
    assert {name.lower() for name in mail.message.keys()} == {  # noqa: SIM118 (names of headers, with repeats)
        "content-type", "mime-version", "subject", "from", "to", "date", "message-id",
        "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
    }  # fmt: skip
    assert len(mail.message.get_all("Subject")) == 1


@pytest.mark.django_db
def test_script_in_a_name_is_text_in_the_mail(smtp):
    mailing = make_mailing(state="sending", subject="Dear {name}", body=f"Dear {{name}}, {SCRIPT}")
    make_invitation(mailing, name=SCRIPT[:100])

    send_due(clock=lambda: NOW, until=NOW + timedelta(seconds=1))

    html = smtp.mails[0].html
    assert not re.search(r"<script|<img", html)
    assert "&lt;script&gt;" in html


# --- Frames of strangers -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_pages_name_who_may_frame_them(client):
    invitation = make_sent()
    AllowedOrigin.objects.create(survey=invitation.mailing.survey, origin="https://www.example.org")
    ordinary, invited = client.get("/s/service/embed/"), open_form(client, invitation)
    unsubscribe = client.get(f"{link_of(invitation)}unsubscribe/")

    def framers(page):
        return page.headers["Content-Security-Policy"].partition("frame-ancestors ")[2]

    assert framers(ordinary) == "'self' https://www.example.org"
    assert (framers(invited), framers(unsubscribe)) == ("'none'", "'none'")


@all_marks(in_browser)
@pytest.mark.parametrize("path", ["/s/service/embed/", "/s/service/", "unsubscribe"])
def test_website_that_is_not_allowed_shows_no_page(browser, live_server, path):
    invitation = make_sent()
    path = f"{link_of(invitation)}unsubscribe/" if path == "unsubscribe" else path
    with Website(f'<iframe src="{live_server.url}{path}"></iframe>', site=live_server.url) as site:
        page = browser.new_page()
        page.goto(site.origin)
        wait_until(lambda: page.wait_for_timeout(50) or page.frames[1].url.startswith("chrome-error:"))
        page.context.close()


# --- Scripts -----------------------------------------------------------------------------------------------


@all_marks(in_browser)
def test_no_script_in_a_name_or_a_comment_runs(browser, live_server, client):
    draft = make_draft(make_survey(slug="service", name=SCRIPT[:100]), title=SCRIPT)
    make_question(draft, 6, key="why", kind=Kind.TEXT, text=SCRIPT)
    invitation = make_sent(make_published(draft=draft))
    save(client, form_token(open_form(client, invitation)), why=SCRIPT)
    answer(client, make_sent(mailing=invitation.mailing), **FIVE, why=SCRIPT)
    used = invited_form_token(make_sent(mailing=invitation.mailing, is_started=True, is_finished=True))
    member, seen = make_member("administrator"), []

    with opened(browser) as page:
        enter(page, live_server, member)
        page.goto(f"{live_server.url}{link_of(invitation)}")
        assert page.locator("textarea").input_value() == SCRIPT
        seen.append(page.title())
        page.goto(f"{live_server.url}/surveys/{invitation.mailing.survey_id}/responses/?which=all")
        expect(page.get_by_text("onerror").first).to_be_visible()
        seen.append(page.title())
        page.goto("about:blank")
        given_back = send(client, used, **FIVE, why=SCRIPT).content.decode()
        page.set_content(re.sub(r"<(link|script) [^>]*(static|colours)[^>]*>", "", given_back))
        seen.append(page.title())
        # A page without a policy, as a careless mail program would show it.
        page.goto("about:blank")
        page.set_content(mail_html(invitation.mailing))
        seen.append(page.title())

    assert "pwned" not in seen


def mail_html(mailing):
    from organisation.queries import the_organisation
    from surveys.inviting.letters import letter_to, message_of

    letter = letter_to(
        mailing, name=SCRIPT[:100], language="en", token="t", origin="https://f.example", turn=0
    )
    organisation = the_organisation()
    organisation.name = SCRIPT[:100]
    message = message_of(letter, to="a@example.org", message_id="<1@f.example>", organisation=organisation)
    return message.alternatives[0].content
