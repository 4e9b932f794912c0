"""An invited customer: opens the personal link, fills in the form behind it, sends."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from surveys.answering import tokens
from surveys.enums import Mode
from surveys.inviting.links import token_of
from surveys.models import SurveyDraft
from tests.factories import make_invitation, make_mailing, make_published, make_survey

TOKEN = re.compile(r'name="token" value="([^"]*)"')
SENT_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIVE = {"quality": "5", "speed": "2", "convenience": "x", "knowledge": "4", "overall": "4"}


def make_sent(version=None, **fields):
    """An invitation that was sent, to the survey at /s/service/ if none is given."""
    mailing = fields.pop("mailing", None)
    if mailing is None:
        version = version or make_published(make_survey(slug="service"))
        mailing = make_mailing(version.survey, state="sent")
    return make_invitation(mailing, **{"sent_at": SENT_AT, **fields})


def make_draft_of(invitation, **fields):
    defaults = {
        "version": invitation.mailing.survey.live_version,
        "language": "en",
        "answers": {"quality": ["4"]},
        "expires_at": timezone.now() + timedelta(hours=20),
    }
    return SurveyDraft.objects.create(invitation=invitation, **{**defaults, **fields})


def link_of(invitation):
    return f"/i/{token_of(invitation)}/"


def open_form(client, invitation):
    """The page that the link leads to."""
    return client.get(link_of(invitation), follow=True)


def form_token(page):
    return TOKEN.search(page.content.decode())[1]


def invited_form_token(invitation):
    """What the form holds, without opening it."""
    token = tokens.issue(
        version_id=invitation.mailing.survey.live_version_id,
        location=invitation.location.code,
        touchpoint=invitation.touchpoint.code,
        mode=Mode.INVITATION,
        now=timezone.now() - timedelta(minutes=2),
    )
    return tokens.sign(replace(token, invitation=invitation.pk))


def answer(client, invitation, **answers):
    """Open the link, fill in, send: the reply to the sending."""
    token = form_token(open_form(client, invitation))
    return send(client, token, **(answers or FIVE))


def send(client, token, **answers):
    return client.post("/s/service/invited/send/", {"token": token, "lang": "en", **answers})


def save(client, token, *, by_script=False, **answers):
    headers = {"Accept": "application/json"} if by_script else {}
    return client.post("/s/service/invited/save/", {"token": token, "lang": "en", **answers}, headers=headers)
