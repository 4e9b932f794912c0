"""What people say of the demo's shops elsewhere: some 40 mentions, most of them answered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from feedback_site.demo.answers import SEED
from feedback_site.demo.comments import COMMENTS
from organisation.models import Location, Touchpoint
from reviews.actions.mentions import store_mentions
from reviews.enums import MentionSource
from reviews.mentions.entries import Mention
from reviews.mentions.scores import Score

if TYPE_CHECKING:
    from datetime import datetime

MENTIONS, DAYS, SHARE_ANSWERED, SHARE_SCORED = 40, 200, 0.7, 0.6
SOURCES = [
    (MentionSource.REVIEW_SITE, "Starboard", 10),
    (MentionSource.REVIEW_SITE, "Shopfinder", 5),
    (MentionSource.SOCIAL_MEDIA, "Birdsong", 0),
    (MentionSource.LETTER, "", 0),
    (MentionSource.PHONE, "", 0),
]
AUTHORS = ["Ana", "marek_d", "Sofie H.", "J. Berg", "A customer", "věra77"]


def make_mentions(*, now: datetime) -> int:
    """Returns how many are new."""
    chance = Random(SEED + 3)  # noqa: S311 (the same demo each time)
    places = list(Location.objects.order_by("code").values_list("pk", flat=True))
    social = Touchpoint.objects.get(code="social").pk
    return store_mentions(_mention(chance, places, social, number, now) for number in range(MENTIONS))


def _mention(chance: Random, places: list[int], touchpoint: int, number: int, now: datetime) -> Mention:
    source, name, highest = chance.choice(SOURCES)
    mood = chance.choice(["good", "good", "mixed", "poor"])
    said_on = (now - timedelta(days=chance.randrange(15, DAYS))).date()
    share = {"good": 0.9, "mixed": 0.6, "poor": 0.2}[mood]
    is_scored = highest > 0 and chance.random() < SHARE_SCORED
    is_answered = chance.random() < SHARE_ANSWERED
    return Mention(
        location_id=chance.choice(places),
        touchpoint_id=touchpoint,
        said_on=said_on,
        source=source,
        source_name=name,
        link=f"https://{name.lower()}.example/posts/{number}" if name else "",
        author=chance.choice(AUTHORS),
        text=chance.choice(COMMENTS[mood]),
        score=Score(Decimal(round(share * highest)), highest) if is_scored else None,
        answered_on=said_on + timedelta(days=chance.randrange(12)) if is_answered else None,
    )
