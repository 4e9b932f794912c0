"""The public page of a location with 100,000 published reviews against one with 100, and an empty sweep."""

from __future__ import annotations

import statistics
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

FEW, MANY = 100, 100_000
ROUNDS = 40
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = "The lady at the counter knew exactly which part I needed and rang back when she said she would."


def run(_postgres_url: str) -> dict[str, object]:
    from django.db import connection
    from django.test import Client

    version = make_form()
    for many in (FEW, MANY):
        make_side(version, many)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE surveys_response")
        cursor.execute("VACUUM ANALYZE reviews_review")
    client = Client()
    pages = {"newest": "", "useful": "?sort=useful", "deep": "?after=2025-06-01." + "f" * 32}
    taken: dict[str, dict[int, list[float]]] = {name: {FEW: [], MANY: []} for name in pages}
    for round_ in range(ROUNDS + 3):
        for many in (FEW, MANY):
            for name, query in pages.items():
                seconds = timed(lambda address=f"/at/bench-{many}/{query}": ask(client, address))
                if round_ > 2:
                    taken[name][many].append(seconds)
    figures: dict[str, object] = {}
    for name, times in taken.items():
        few, many = (statistics.median(times[side]) * 1000 for side in (FEW, MANY))
        figures[name] = {"few_ms": round(few, 2), "many_ms": round(many, 2), "ratio": round(many / few, 2)}
        print(
            f"reviews, {name}: {many:.1f} ms at {MANY:,}, {few:.1f} ms at {FEW:,}, {many / few:.2f} times (wanted at most 1.5)"
        )
    figures["empty_sweep_ms"] = empty_sweep()
    return figures


def ask(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code


def timed(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def empty_sweep() -> float:
    from reviews.actions.hearing import hear_pending

    times = [timed(hear_pending) for _round in range(ROUNDS)]
    took = round(statistics.median(times) * 1000, 2)
    print(f"reviews, empty sweep: {took} ms beside {FEW + MANY:,} responses (wanted about 1)")
    return took


def make_form() -> Any:
    from surveys.enums import Dimension, Kind, Purpose
    from surveys.models import Measure, Question, Survey, Version

    survey = Survey.objects.create(
        slug="bench-review", name="Bench of reviews", purpose=Purpose.REVIEW_FORM, created_at=NOW
    )
    version = Version.objects.create(survey=survey, title="Write a review")
    for position, dimension in enumerate(Dimension, start=1):
        measure = Measure.objects.create(
            survey=survey, key=dimension.value, kind=Kind.RATING, dimension=dimension
        )
        Question.objects.create(version=version, position=position, measure=measure, text="How was it?")
    Version.objects.filter(pk=version.pk).update(number=1, published_at=NOW)
    Survey.objects.filter(pk=survey.pk).update(live_version=version)
    return version


def make_side(version: Any, count: int) -> None:
    from itertools import batched

    from organisation.models import Location, Touchpoint
    from reviews.heard import usefulness
    from reviews.models import Review
    from surveys.models import Response

    location = Location.objects.create(code=f"bench-{count}", name=f"Bench {count}")
    touchpoint = Touchpoint.objects.get(is_default=True)
    place = {"location": location, "touchpoint": touchpoint}
    for numbers in batched(range(count), 5_000):
        days = [date(2026, 3, 2) - timedelta(days=number % 500) for number in numbers]
        responses = [
            Response(
                id=uuid.uuid4(),
                version=version,
                mode="link",
                received_on=day,
                ratings="54321",
                is_heard=True,
                **place,
            )
            for day in days
        ]
        Response.objects.bulk_create(responses)
        Review.objects.bulk_create(
            Review(
                kind="review",
                response=response,
                survey=version.survey,
                said_on=day,
                published_on=day,
                score=number % 5 + 1,
                text=WORDS[: 20 + number % 70],
                original=WORDS[: 20 + number % 70],
                consent_publish=True,
                state="published",
                usefulness=usefulness(WORDS[: 20 + number % 70], [1]),
                **place,
            )
            for number, day, response in zip(numbers, days, responses, strict=True)
        )
