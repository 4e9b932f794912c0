"""A survey that takes no answers now: what it says, and what becomes of answers that come all the same."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from surveys.answering import tokens
from surveys.enums import Kind, Mode
from surveys.models import Response
from tests.factories import make_draft, make_location, make_published, make_question, make_survey

pytestmark = pytest.mark.django_db
FIVE = {"quality": "5", "speed": "2", "convenience": "x", "knowledge": "4", "overall": "4"}


@pytest.fixture
def version():
    return make_published(make_survey(slug="service"))


def sign(version, now=None):
    issued = now or timezone.now() - timedelta(minutes=2)
    issued_for = {"version_id": version.pk, "location": "main", "touchpoint": "service", "mode": Mode.LINK}
    return tokens.sign(tokens.issue(**issued_for, now=issued))


def send(client, token, **answers):
    return client.post("/s/service/", {"token": token, **answers})


def test_answer_begun_while_the_survey_was_open_is_stored(client, version):
    token = sign(version)
    version.survey.closes_at = timezone.now() - timedelta(minutes=1)
    version.survey.save(update_fields=["closes_at"])

    assert client.get("/s/service/").status_code == 410
    assert send(client, token, **FIVE).status_code == 303


def test_answer_begun_after_the_survey_closed_is_refused(client, version):
    version.survey.closes_at = timezone.now() - timedelta(minutes=5)
    version.survey.save(update_fields=["closes_at"])

    assert send(client, sign(version), **FIVE).status_code == 410
    assert Response.objects.count() == 0


def close(survey, at):
    survey.closes_at = at
    survey.save(update_fields=["closes_at"])


def with_every_kind():
    """A version that asks for a rating, a text, one choice and several."""
    options = [{"key": "a", "label": "By car"}, {"key": "b", "label": "On foot"}]
    draft = make_draft(make_survey(slug="service"), (("speed", "speed"),))
    make_question(draft, 2, key="why", kind=Kind.TEXT)
    make_question(draft, 3, key="way", kind=Kind.SINGLE_CHOICE, options=options)
    make_question(draft, 4, key="ways", kind=Kind.SEVERAL_CHOICES, options=options)
    return make_published(draft=draft)


TYPED = {"speed": "4", "why": "Slow <b>till</b>\r\nand a cold shop", "way": "b", "ways": ["a", "b"]}


@pytest.mark.parametrize("token", ["valid", "expired", "none"])
def test_answer_to_a_closed_survey_gives_back_what_was_typed(client, settings, token):
    version = with_every_kind()
    old = timezone.now() - timedelta(hours=settings.FORM_TOKEN_HOURS + 1)
    sent_token = {"valid": sign(version), "expired": sign(version, now=old), "none": ""}[token]
    close(version.survey, at=timezone.now() - timedelta(hours=1))

    refused = send(client, sent_token, **TYPED)

    words = re.findall(r"<dd>(.*?)</dd>", refused.content.decode(), re.DOTALL)
    assert (refused.status_code, Response.objects.count()) == (410, 0)
    assert words == [
        "4 Good",
        "Slow &lt;b&gt;till&lt;/b&gt;\r\nand a cold shop",
        "On foot",
        "By car",
        "On foot",
    ]
    assert "Your answers were not stored" in refused.content.decode()


def test_answer_to_a_closed_survey_speaks_the_language_of_its_page(client):
    version = make_published(make_survey(slug="service", language="cs"))
    close(version.survey, at=timezone.now() - timedelta(hours=1))

    page = send(client, sign(version), **FIVE).content.decode()

    assert "<dd>5 Skvěle</dd>" in page
    assert "<dd>Netýká se" in page


def test_a_closed_survey_gives_back_nothing_where_nothing_was_typed(client, version):
    close(version.survey, at=timezone.now() - timedelta(hours=1))

    pages = [client.get("/s/service/"), send(client, sign(version)), send(client, sign(version), why=" ")]

    assert ["given-back" in page.content.decode() for page in pages] == [False] * 3


def test_answer_before_the_survey_opens_says_so(client, version):
    version.survey.opens_at = timezone.now() + timedelta(days=2)
    version.survey.save(update_fields=["opens_at"])

    assert client.get("/s/service/").status_code == 403


@pytest.mark.parametrize(("code", "day"), [("east", "1 January 2099"), ("west", "31 December 2098")])
def test_the_day_on_which_it_opens_is_that_of_the_place(client, version, code, day):
    make_location(code="east", time_zone="Pacific/Auckland")
    make_location(code="west", time_zone="America/New_York")
    version.survey.opens_at = datetime(2098, 12, 31, 22, 30, tzinfo=UTC)
    version.survey.save(update_fields=["opens_at"])

    page = client.get(f"/s/service/?at={code}").content.decode()

    assert f"It opens on {day}." in page
