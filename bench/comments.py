"""The comment box at 1,000,000 comments on PostgreSQL: the list and a search, as a member sees them and at the edges."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime

MANY, LOCATIONS = 1_000_000, 200
ROUNDS = 12
# Ten words of each comment are of a vocabulary of 2,000; the hundredth part has "queue", a ten thousandth "parrot".
FILL = """
    INSERT INTO reviews_review (id, kind, state, source, source_name, link, author, digest, location_id, touchpoint_id,
        said_on, score, text, original, words, name, consent_publish, consent_contact, usefulness, is_held,
        hidden_reason, hidden_note, response_id, survey_id)
    SELECT gen_random_uuid(), 'mention', 'private', 'other', '', '', '', '', l.id, %(touchpoint)s,
        date '2026-03-01' - (n %% 1500), NULL, w.words, w.words, w.words, '', false, false, 10, false, '', '', NULL, NULL
    FROM generate_series(1, %(many)s) AS n
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM organisation_location WHERE code LIKE 'bench-c%%') l
        ON l.at = n %% %(locations)s
    CROSS JOIN LATERAL (SELECT 'the service ' || string_agg('w' || ((n::bigint * k * 7919) %% 2000), ' ')
        || CASE WHEN n %% 100 = 0 THEN ' queue' ELSE '' END
        || CASE WHEN n %% 10000 = 0 THEN ' parrot' ELSE '' END AS words FROM generate_series(1, 10) AS k) w
"""
# Half of them are comments of anonymous surveys, which are shown by their groups.
COMMENTS = """
    INSERT INTO surveys_response (id, version_id, location_id, touchpoint_id, mode, received_on, ratings, answers,
        flags, is_held, is_scored, is_heard)
    SELECT id, %(first)s, location_id, touchpoint_id, 'link', said_on, '4', '{}', 0, false, true, true
    FROM (SELECT * FROM reviews_review ORDER BY id LIMIT %(half)s) r
"""
TURN = """
    UPDATE reviews_review r SET kind = 'comment', source = '', response_id = r.id, survey_id = %(survey)s,
        score = 1 + abs(hashtext(r.id::text)) %% 5
    FROM surveys_response s WHERE s.id = r.id
"""
PAGES = {
    "newest": "",
    "deep": "?after=2023-06-01.ffffffff-ffff-4fff-8fff-ffffffffffff",
    "usual word": "?q=service",
    "one in a hundred": "?q=queue",
    "one in ten thousand": "?q=parrot",
    "two words": "?q=queue+w7*",
    "no such word": "?q=nowhere",
    "not handled": "?handled=no",
    "one location": "?location=bench-c7",
    "score": "?score=2",
    "word and location": "?q=queue&location=bench-c100",
}


def run(_postgres_url: str) -> dict[str, object]:
    from django.conf import settings
    from django.test import Client

    from organisation.models import Member

    settings.ALLOWED_HOSTS = ["testserver"]
    fill()
    client = Client()
    client.force_login(Member.objects.create(email="bench-comments@example.org", role="editor"))
    figures: dict[str, object] = {}
    for name, query in PAGES.items():
        taken = [timed(client, f"/reviews/comments/{query}") for _round in range(ROUNDS)]
        figures[name] = round(1000 * statistics.median(taken[2:]), 1)
        print(f"comments, {name}: {figures[name]} ms at {MANY:,} (wanted under 500)")
    return figures


def fill() -> None:
    from django.db import connection

    from organisation.models import Location, Touchpoint
    from surveys.models import Survey, Version

    now = datetime.now(tz=UTC)
    Location.objects.bulk_create(
        Location(code=f"bench-c{at}", name=f"Bench place {at}") for at in range(LOCATIONS)
    )
    survey = Survey.objects.create(slug="bench-comments", name="Bench of comments", created_at=now)
    version = Version.objects.create(survey=survey, title="How was it?", number=1, published_at=now)
    values = {
        "many": MANY,
        "half": MANY // 2,
        "locations": LOCATIONS,
        "touchpoint": Touchpoint.objects.get(is_default=True).pk,
        "first": version.pk,
        "survey": survey.pk,
    }
    with connection.cursor() as cursor:
        for statement in (FILL, COMMENTS, TURN):
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")


def timed(client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - begun
    assert answer.status_code == 200, answer.status_code
    return taken
