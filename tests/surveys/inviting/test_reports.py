import json

import pytest

from surveys.inviting.lists import Choices
from surveys.inviting.reports import (
    BounceReport,
    NotUnderstood,
    read_bounces,
    read_delivery_report,
    read_recipients,
)

NOTHING = Choices(frozenset({"en"}), {}, {})
REPORT = b"""\
From: MAILER-DAEMON@mx.example.org
To: feedback@example.org
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

It did not arrive.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; Anna@example.org
Action: %s
Status: %s
Diagnostic-Code: smtp; 550 no such user
--x
Content-Type: text/rfc822-headers

Message-ID: <key@feedback.example.org>
Subject: How did we do?
--x--
"""


def body(**given):
    return json.dumps(given).encode()


def test_recipients_of_a_program():
    listed = read_recipients(
        body(recipients=[{"email": "anna@example.org", "name": None}, {"email": "x"}, {}]), NOTHING
    )

    assert list(listed.recipients) == ["anna@example.org"]
    assert [flaw.row for flaw in listed.flaws] == [2, 3]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"{}",
        b'{"recipients": {}}',
        b'{"recipients": [1]}',
        b'{"recipients": [{"email": 1}]}',
        b'{"recipients": [{"email": ["a@example.org"]}]}',
        b"[" * 100_000,
        b'{"recipients": [{"email": ' + b"9" * 5000 + b"}]}",
        body(recipients=[{}] * 1001),
    ],
)
def test_what_is_no_list_is_said_to_be_none(sent):
    with pytest.raises(NotUnderstood):
        read_recipients(sent, NOTHING)


def test_bounces_of_a_program():
    assert read_bounces(
        body(bounces=[{"address": "Anna@Example.org", "reason": "gone"}, {"message_id": "<1@x>"}])
    ) == [BounceReport("anna@example.org", "", "gone"), BounceReport("", "<1@x>", "")]


@pytest.mark.parametrize("given", [{}, {"address": "nobody"}, {"address": 1}])
def test_bounce_of_nobody_is_not_understood(given):
    with pytest.raises(NotUnderstood):
        read_bounces(body(bounces=[given]))


def test_delivery_report_names_who_cannot_be_reached():
    assert read_delivery_report(REPORT % (b"failed", b"5.1.1")) == [
        BounceReport("anna@example.org", "<key@feedback.example.org>", "smtp; 550 no such user")
    ]


@pytest.mark.parametrize(("action", "status"), [(b"delayed", b"4.2.2"), (b"delivered", b"2.0.0")])
def test_delay_is_no_bounce(action, status):
    assert read_delivery_report(REPORT % (action, status)) == []


@pytest.mark.parametrize("sent", [b"", b"hello", b"\xff\x00\xfe", b"Content-Type: multipart/report\n\n"])
def test_what_is_no_report_is_not_understood(sent):
    with pytest.raises(NotUnderstood):
        read_delivery_report(sent)
