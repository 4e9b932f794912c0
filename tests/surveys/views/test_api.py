import json

import pytest
from django.utils import timezone

from surveys.actions.access_keys import make_access_key
from surveys.models import Bounce, Invitation, Mail
from tests.factories import make_member
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return make_access_key(
        name="Till",
        may_add_recipients=True,
        may_report_bounces=False,
        by=make_member("editor"),
        now=timezone.now(),
    )[1]


@pytest.fixture
def bounce_key():
    return make_access_key(
        name="Mail",
        may_add_recipients=False,
        may_report_bounces=True,
        by=make_member("administrator"),
        now=timezone.now(),
    )[1]


def post(client, address, key, data, kind="application/json"):
    return client.post(address, data, content_type=kind, headers={"Authorization": f"Bearer {key}"})


def address_of(mailing):
    return f"/api/mailings/{mailing.pk}/recipients/"


def test_good_recipients_are_added_and_bad_ones_come_back(client, key):
    mailing = make_mailing()
    sent = {"recipients": [{"email": "anna@example.org"}, {"email": "nobody"}]}

    first, second = (post(client, address_of(mailing), key, sent) for _twice in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["added"] == 1
    assert first.json()["refused"][0]["row"] == 2
    assert (second.json()["added"], second.json()["known"]) == (0, ["anna@example.org"])
    assert Invitation.objects.get().email == "anna@example.org"


@pytest.mark.parametrize(
    ("body", "status"), [("nothing", 400), ('{"recipients": [{"email": "x"}]}', 422), ("{}", 400)]
)
def test_bad_bodies_get_a_clear_answer(client, key, body, status):
    answer = post(client, address_of(make_mailing()), key, body)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"


def test_without_a_key_nothing_is_done(client, key):
    mailing = make_mailing()
    data = {"recipients": [{"email": "anna@example.org"}]}

    answers = [
        client.post(address_of(mailing), data, content_type="application/json"),
        post(client, address_of(mailing), "fb_wrong", data),
        client.post(
            address_of(mailing),
            data,
            content_type="application/json",
            headers={"Authorization": f"Basic {key}"},
        ),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert Invitation.objects.count() == 0


def test_key_is_good_for_what_it_was_made_for(client, key, bounce_key):
    recipients = post(client, address_of(make_mailing()), bounce_key, {"recipients": []})
    bounces = post(client, "/api/bounces/", key, {"bounces": []})

    assert (recipients.status_code, bounces.status_code) == (403, 403)


def test_unknown_and_stopped_mailings(client, key):
    unknown = post(client, "/api/mailings/999999/recipients/", key, {"recipients": []})
    stopped = post(client, address_of(make_mailing(state="stopped")), key, {"recipients": []})

    assert (unknown.status_code, stopped.status_code) == (404, 409)


def test_calls_in_a_minute_are_bounded(client, key, monkeypatch):
    monkeypatch.setattr("surveys.actions.access_keys.CALLS_A_MINUTE", 1)
    mailing = make_mailing()

    answers = [post(client, address_of(mailing), key, {"recipients": []}) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1]["Retry-After"] == "60"


def test_bounce_is_found_by_the_mail_that_showed_it(client, bounce_key):
    invitation = make_invitation(sent_at=NOW)
    Mail.objects.create(
        invitation=invitation,
        turn=0,
        claim="00000000-0000-0000-0000-000000000007",
        place=0,
        claimed_at=NOW,
        message_id="<x@y>",
    )

    answer = post(
        client, "/api/bounces/", bounce_key, {"bounces": [{"message_id": "<x@y>"}, {"message_id": "<z@y>"}]}
    )

    invitation.refresh_from_db()
    assert (answer.json(), invitation.state) == ({"noted": 1}, "bounced")


def test_delivery_report_is_taken_as_it_came(client, bounce_key):
    from tests.surveys.inviting.test_reports import REPORT

    answer = post(client, "/api/bounces/", bounce_key, REPORT % (b"failed", b"5.1.1"), "message/rfc822")

    assert answer.json() == {"noted": 1}
    assert Bounce.objects.count() == 1


def test_get_is_not_allowed(client, key):
    assert client.get("/api/bounces/").status_code == 405


ODD = [
    "\0",
    "\ud800",
    "a\0b",
    "x" * 5000,
    None,
    1,
    1.5,
    True,
    [],
    {},
    [1],
    10**400,
    float("inf"),
    float("nan"),
]


@pytest.fixture
def unbounded(monkeypatch):
    monkeypatch.setattr("surveys.actions.access_keys.CALLS_A_MINUTE", 1_000)


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_a_bounce_gets_a_clear_answer(client, bounce_key, unbounded, odd):
    plain = {"address": "anna@example.org", "message_id": "<x@y>", "reason": "gone"}

    answers = [
        post(client, "/api/bounces/", bounce_key, json.dumps({"bounces": [{**plain, name: odd}]}))
        for name in plain
    ]

    assert {answer.status_code for answer in answers} <= {200, 400}


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_a_recipient_gets_a_clear_answer(client, key, unbounded, odd):
    address = address_of(make_mailing())

    answers = [
        post(client, address, key, json.dumps({"recipients": [{"email": "anna@example.org", name: odd}]}))
        for name in ("email", "name", "language", "time_zone", "location", "touchpoint")
    ]

    assert {answer.status_code for answer in answers} <= {200, 400, 422}


@pytest.mark.parametrize("odd", [b"<a\0@b>", b"<a\xff@b>", b"=?utf-8?q?=00?="])
@pytest.mark.parametrize("kind", [b"text/rfc822-headers", b"message/rfc822"])
def test_delivery_report_with_an_odd_message_id_is_a_report(client, bounce_key, odd, kind):
    from tests.surveys.inviting.test_reports import REPORT

    report = REPORT % (b"failed", b"5.1.1")
    report = report.replace(b"<key@feedback.example.org>", odd).replace(b"text/rfc822-headers", kind)

    answer = post(client, "/api/bounces/", bounce_key, report, "message/rfc822")

    assert (answer.status_code, answer.json()) == (200, {"noted": 1})


def test_too_large_a_body_is_told_in_json(client, key):
    answer = post(client, address_of(make_mailing()), key, "x" * 5_000_000)

    assert (answer.status_code, answer["Content-Type"]) == (413, "application/json")
