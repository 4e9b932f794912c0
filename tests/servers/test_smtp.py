import smtplib

import pytest

from tests.servers.smtp import SmtpServer

MAIL = b"Subject: Hello\r\n\r\n.A line with a dot\r\n"


def test_server_keeps_what_it_takes():
    with SmtpServer() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail("us@example.org", ["anna@example.org"], MAIL)

    (mail,) = server.mails
    assert (mail.sender, mail.to) == ("us@example.org", "anna@example.org")
    assert mail.message["Subject"] == "Hello"
    assert mail.text == ".A line with a dot\n"


def test_server_says_what_it_is_told_to_say():
    with SmtpServer() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        server.refuse["eva@example.org"] = "550 nobody"

        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("us@example.org", ["eva@example.org"], MAIL)

    assert server.mails == []
