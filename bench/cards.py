"""Lists and tallies of comment cards at 100,000 cards in 2,000 batches against 1,000 cards in 20.

Two members hold a location each, one with few cards and one with many. Their pages are asked for in turn, and so is
what keying one more card costs.
"""

from __future__ import annotations

import json
import statistics
import time
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

FEW, MANY, IN_A_BATCH = 20, 2_000, 50
ROUNDS = 15
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGES = {
    "open batches": "/cards/?shelf=open",
    "late batches": "/cards/?shelf=late",
    "closed batches": "/cards/?shelf=closed",
    "one batch": "/cards/batches/{batch}/",
    "keyers": "/cards/keyers/",
    "keying page": "/cards/batches/{batch}/key/",
    "second keying": "/cards/batches/{batch}/second/",
}


def run(_postgres_url: str) -> dict[str, object]:
    version = make_survey()
    sides = {many: make_side(version, f"bench-cards-{many}", many) for many in (FEW, MANY)}
    analyse()
    taken: dict[str, dict[int, list[float]]] = {name: {FEW: [], MANY: []} for name in [*PAGES, "key a card"]}
    for round_ in range(ROUNDS + 1):
        for many, (client, batch) in sides.items():
            for name, address in PAGES.items():
                at = address.format(batch=batch)
                seconds = timed(lambda c=client, a=at: c.get(a))
                if round_:
                    taken[name][many].append(seconds)
            seconds = timed(lambda c=client, b=batch: key_one(c, b, version))
            if round_:
                taken["key a card"][many].append(seconds)
    figures = {name: compare(times) for name, times in taken.items()}
    for name, found in figures.items():
        print(
            f"cards, {name}: {found['ms'][str(MANY * IN_A_BATCH)]} ms at {MANY * IN_A_BATCH:,} cards, "
            f"{found['ms'][str(FEW * IN_A_BATCH)]} ms at {FEW * IN_A_BATCH:,}, {found['ratio']} times (wanted at most 1.5)"
        )
    return figures


def make_survey() -> Any:
    from surveys.enums import Dimension, Kind
    from surveys.models import Measure, Question, Survey, Version

    survey = Survey.objects.create(slug="bench-cards", name="Bench of cards", created_at=NOW)
    version = Version.objects.create(survey=survey, title="How did we do?")
    for position in range(1, 21):
        dimension = list(Dimension)[position % 5]
        measure = Measure.objects.create(
            survey=survey, key=f"q{position}", kind=Kind.RATING, dimension=dimension
        )
        Question.objects.create(version=version, position=position, measure=measure, text="How was it?")
    Version.objects.filter(pk=version.pk).update(number=1, published_at=NOW)
    Survey.objects.filter(pk=survey.pk).update(live_version=version)
    return Version.objects.select_related("survey").get(pk=version.pk)


def make_side(version: Any, code: str, batches: int) -> tuple[Client, int]:
    """A manager who holds one location, signed in, and the last of its batches, which is open."""
    from django.conf import settings
    from django.test import Client

    from cards.models import Batch
    from organisation.models import Location, Member, Touchpoint

    settings.ALLOWED_HOSTS = ["testserver"]
    location = Location.objects.create(code=code, name=code)
    member = Member.objects.create(email=f"{code}@example.org", role="manager")
    other = Member.objects.create(email=f"{code}-clerk@example.org", role="clerk")
    for one in (member, other):
        one.locations.add(location)
    made = Batch.objects.bulk_create(
        Batch(
            survey=version.survey,
            location=location,
            touchpoint=Touchpoint.objects.get(is_default=True),
            collected_from=DAY,
            collected_to=DAY,
            counted=IN_A_BATCH,
            due_on=DAY,
            opened_at=NOW,
            opened_by=other,
        )
        for _ in range(batches)
    )
    for batch in made:
        fill(batch, version, other)
    half = [batch.pk for batch in made[: batches // 2]]
    Batch.objects.filter(pk__in=half).update(closed_at=NOW, closed_by=member)
    Batch.objects.filter(pk=made[-1].pk).update(share=50, counted=IN_A_BATCH * 2)
    client = Client()
    client.force_login(member)
    return client, made[-1].pk


def fill(batch: Any, version: Any, clerk: Any) -> None:
    from cards.enums import CardState
    from cards.models import Batch, Card, Keying

    cards = Card.objects.bulk_create(
        Card(
            id=uuid.uuid4(),
            batch=batch,
            number=number,
            version=version,
            day=DAY,
            state=CardState.SETTLED,
            first_by=clerk,
            first_at=NOW,
        )
        for number in range(1, IN_A_BATCH + 1)
    )
    Keying.objects.bulk_create(
        Keying(card=card, turn=1, by=clerk, at=NOW, ratings="54321" * 4, answers={}) for card in cards
    )
    Batch.objects.filter(pk=batch.pk).update(keyed=IN_A_BATCH)


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def key_one(client: Client, batch: int, version: Any) -> Any:
    """One card of twenty answers, as the keying screen sends it."""
    member = int(client.session["_auth_user_id"])
    card = {
        "id": str(uuid.uuid4()),
        "revision": 0,
        "version": version.pk,
        "code": "",
        "day": DAY.isoformat(),
        "given": {f"q{at}": [str(at % 5 + 1)] for at in range(1, 21)},
        "comment_later": False,
        "rejected": "",
    }
    return client.post(
        f"/cards/batches/{batch}/key/cards/",
        json.dumps({"member": member, "cards": [card]}),
        content_type="application/json",
    )


def timed(ask: Any) -> float:
    start = time.perf_counter()
    answer = ask()
    taken = time.perf_counter() - start
    assert answer.status_code == 200, (answer.status_code, answer.content[:300])
    return taken


def compare(times: dict[int, list[float]]) -> dict[str, Any]:
    return {
        "ms": {
            str(many * IN_A_BATCH): round(1000 * statistics.median(taken), 1) for many, taken in times.items()
        },
        "ratio": round(
            statistics.median(one / other for one, other in zip(times[MANY], times[FEW], strict=True)), 2
        ),
    }
