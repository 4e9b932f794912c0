"""Loads the demo organisation into an empty database: twice changes nothing."""

from __future__ import annotations

from datetime import timedelta
from itertools import batched
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from feedback_site.demo.answers import DAYS, SEED, make_responses
from feedback_site.demo.cards import make_cards
from feedback_site.demo.changes import make_process_changes
from feedback_site.demo.invitations import make_mailings
from feedback_site.demo.mentions import make_mentions
from feedback_site.demo.places import make_members, make_places
from feedback_site.demo.reviews import make_reviews
from feedback_site.demo.sending import make_sent_reports
from feedback_site.demo.surveys import make_kiosk, make_other_surveys, make_service_survey
from organisation.models import Member
from scoring.actions import score_all_pending
from surveys.models import Response, Survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from surveys.models import Version

SERVICE_RESPONSES = 17_000
PHONE_RESPONSES = 3_000
AT_ONCE = 1_000


class NotEmpty(Exception):
    """The database holds surveys that are not the demo's."""


def load_demo(
    *, now: datetime, origin: str = "http://127.0.0.1:8000", say: Callable[[str], None] = lambda _line: None
) -> bool:
    """Fill an empty database; True when it was done now, False when the demo was there already. `origin`: where links
    in mails lead.

    Raises NotEmpty rather than mix made-up answers with real ones.
    """
    if Survey.objects.exists():
        if Member.objects.filter(email="admin@example.org").exists():
            return False
        raise NotEmpty("This database holds surveys already. Set DATA_DIR to an empty folder for the demo.")
    say("Making the demo organisation ...")
    with transaction.atomic():
        make_places()
        make_members()
        editor = Member.objects.get(email="editor@example.org")
        begun = now - timedelta(days=DAYS)
        service = make_service_survey(by=editor, begun=begun, now=now)
        phone = make_other_surveys(by=editor, begun=begun)
        make_kiosk(by=editor, now=now)
        say(f"Writing {SERVICE_RESPONSES + PHONE_RESPONSES:,} responses ...")
        _respond(service, SERVICE_RESPONSES, now=now, seed=SEED)
        _respond(phone, PHONE_RESPONSES, now=now, seed=SEED + 1)
        make_cards(now=now)
        make_mailings(by=editor, now=now)
        make_reviews(now=now)
        make_mentions(now=now)
        make_process_changes(service[0][0].survey, by=editor, now=now)
    say("Counting them ...")
    score_all_pending(clock=timezone.now)
    make_sent_reports(origin=origin, now=timezone.now())
    return True


def _respond(versions: list[tuple[Version, datetime]], count: int, *, now: datetime, seed: int) -> None:
    since = [(version, first.date()) for version, first in versions]
    made = make_responses(since, count=count, today=now.date(), seed=seed)
    for batch in batched(made, AT_ONCE):
        Response.objects.bulk_create(batch)
