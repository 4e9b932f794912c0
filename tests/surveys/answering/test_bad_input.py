"""Whatever comes in at the public form: a clear answer below 500, and a row only when all of it was right."""

import re

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.text import LONGEST_TEXT
from surveys.answering import tokens
from surveys.enums import Mode
from surveys.models import Response
from tests.factories import make_draft, make_published, make_question, make_survey

pytestmark = pytest.mark.django_db
CLEAR = {303, 400, 403, 404, 405, 410, 413, 422}


@pytest.fixture
def version():
    draft = make_draft(make_survey(slug="service"), (("speed", "speed"), ("quality", "quality")))
    options = [{"key": "a", "label": "Shop"}, {"key": "b", "label": "Phone"}]
    make_question(draft, 3, key="where", kind="single_choice", options=options)
    make_question(draft, 4, key="why", kind="several_choices", options=options)
    make_question(draft, 5, key="more", kind="text")
    return make_published(draft=draft)


def token_of(version):
    return tokens.sign(
        tokens.issue(
            version_id=version.pk, location="main", touchpoint="service", mode=Mode.LINK, now=timezone.now()
        )
    )


NAMES = st.sampled_from(["speed", "quality", "where", "why", "more", "website", "lang"]) | st.text(max_size=8)
VALUES = (
    st.sampled_from(["1", "5", "x", "a", "b", "0", "6", "-1", "1e9", "\0", "99999999999999999999"])
    | st.text()
)
SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SLOW
@given(fields=st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=6))
def test_any_fields_get_a_clear_answer(client, version, fields):
    before = Response.objects.count()

    sent = client.post("/s/service/", {"token": token_of(version), **fields})

    assert sent.status_code in CLEAR
    assert Response.objects.count() - before == (sent.status_code == 303)


@SLOW
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(["application/x-www-form-urlencoded", "application/json"]),
)
def test_any_body_gets_a_clear_answer(client, version, body, kind):
    assert client.post("/s/service/", body, content_type=kind).status_code in CLEAR


@SLOW
@given(body=st.binary(max_size=300))
def test_any_multipart_body_gets_a_clear_answer(client, version, body):
    kind = "multipart/form-data; boundary=edge"

    assert (
        client.post("/s/service/", b"--edge\r\n" + body + b"\r\n--edge--", content_type=kind).status_code
        in CLEAR
    )


@SLOW
@given(query=st.dictionaries(st.sampled_from(["at", "tp", "lang", "r"]), st.text(max_size=60)))
def test_any_query_gets_a_clear_answer(client, version, query):
    assert client.get("/s/service/", query).status_code in {200, 404}
    assert client.get("/s/service/thanks/", query).status_code == 200


def test_too_many_fields_are_refused_with_words(client, version):
    sent = client.post("/s/service/", {f"field{number}": "1" for number in range(1001)})

    assert sent.status_code == 400
    assert "more fields than this page accepts" in sent.content.decode()


def test_too_large_a_body_is_refused_with_words(client, version):
    sent = client.post(
        "/s/service/", f"more={'a' * 5_000_000}", content_type="application/x-www-form-urlencoded"
    )

    assert sent.status_code == 413
    assert "more than this page accepts" in sent.content.decode()


def test_a_long_text_comes_back_whole(client, version):
    text = "é" * (LONGEST_TEXT + 1)

    sent = client.post("/s/service/", {"token": token_of(version), "speed": "3", "more": text})

    assert sent.status_code == 422
    assert text in sent.content.decode()


def test_a_text_with_every_kind_of_character_is_stored_as_it_was(client, version):
    text = "Ahoj „světe“ 👩‍👩‍👧 \u202eabc\u200b <script>alert(1)</script> '\";--"

    client.post("/s/service/", {"token": token_of(version), "speed": "3", "more": text})

    assert Response.objects.get().answers == {"more": text}


def test_a_lone_surrogate_in_the_body_cannot_reach_the_database(client, version):
    body = f"token={token_of(version)}&speed=3&more=a%ED%A0%80b"

    sent = client.post("/s/service/", body, content_type="application/x-www-form-urlencoded")

    assert sent.status_code == 303
    assert re.fullmatch("a\ufffd+b", Response.objects.get().answers["more"])
