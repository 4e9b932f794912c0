"""Sending ten thousand invitations to a local mail server, on PostgreSQL, while the worker is killed (-9) half-way.

Beside it stands the floor, before and after: the same number of bytes over one connection of smtplib, with no
database. The worker's processor time says what a mail costs on a busy machine, its start included.
"""

from __future__ import annotations

import os
import resource
import smtplib
import subprocess
import sys
import time

MANY = 10_000
FLOOR = 1_000


def run(_postgres_url: str) -> dict[str, object]:
    from surveys.models import Invitation, Mail
    from tests.servers.smtp import SmtpServer

    invite(MANY)
    with SmtpServer() as server:
        floor = plain_mails_per_second(server.port)
        server.mails.clear()
        worker, spent_before = start(server), processor_seconds_of_children()
        wait_for(lambda: server.mails, worker)
        at_first, begun = len(server.mails), time.perf_counter()
        wait_for(lambda: len(server.mails) >= MANY // 2, worker)
        worker.kill()
        rate = (len(server.mails) - at_first) / (time.perf_counter() - begun)
        worker.wait()
        spent = processor_seconds_of_children() - spent_before
        sent_by_first = len(server.mails)
        floor = (floor + plain_mails_per_second(server.port)) / 2
        worker = start(server)
        wait_for(lambda: not Invitation.objects.filter(state="waiting").exists(), worker)
        worker.kill()
        worker.wait()
        counts = {to: count for to, count in server.counts().items() if to.startswith("customer")}
    figures = {
        "invitations": MANY,
        "recipients_reached": len(counts),
        "mails_of_a_recipient_at_most": max(counts.values()),
        "doubtful": Mail.objects.filter(state="doubtful").count(),
        "mails_per_second": round(rate),
        "plain_smtplib_mails_per_second": round(floor),
        "worker_cpu_ms_for_a_mail": round(spent * 1000 / sent_by_first, 2),
    }
    print("invitations", figures)
    return figures


def invite(many: int) -> None:
    from django.utils import timezone

    from surveys.actions.recipients import add_recipients
    from surveys.inviting.lists import Recipient
    from tests.factories import make_mailing

    mailing = make_mailing(
        state="sending", body="Dear {name},\n\nhow did we do? " + "It takes two minutes. " * 10
    )
    people = [Recipient(f"customer{number}@example.org", "Anna Novak") for number in range(many)]
    begun = time.perf_counter()
    add_recipients(mailing=mailing, recipients=people, by=None, now=timezone.now())
    print("recipients added per second", round(many / (time.perf_counter() - begun)))


def start(server) -> subprocess.Popen:
    environment = {**os.environ, **server.environment(), "DEMO": "0"}
    return subprocess.Popen([sys.executable, "-m", "bench.invitations"], env=environment)


def wait_for(probe, worker) -> None:
    while not probe():
        assert worker.poll() is None, "the worker ended"
        time.sleep(0.05)


def plain_mails_per_second(port: int) -> float:
    mail = b"Subject: Hello\r\n\r\n" + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 70
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as client:
        for number in range(FLOOR):
            client.sendmail("us@example.org", [f"floor{number}@example.org"], mail)
    return FLOOR / (time.perf_counter() - begun)


def processor_seconds_of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def send_until_killed() -> None:
    from datetime import timedelta

    from django.utils import timezone

    from surveys.actions.sending import send_due

    while True:
        send_due(clock=timezone.now, until=timezone.now() + timedelta(seconds=8))
        time.sleep(0.2)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback_site.settings")
    django.setup()
    send_until_killed()
