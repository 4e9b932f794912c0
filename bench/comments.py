"""The comment box at 1,000,000 comments on PostgreSQL: the list, a search and every filter, at their edges too."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime

MANY, LOCATIONS = 1_000_000, 200
SLUG = "bench-comments"
ROUNDS = 12
# Half of them are mentions, half comments of an anonymous survey, which are shown by their groups. Ten words of each
# are of a vocabulary of 2,000; the hundredth part has "queue", a ten thousandth "parrot". Few are handled or labelled.
RESPONSES = """
    INSERT INTO surveys_response (id, version_id, location_id, touchpoint_id, mode, received_on, ratings, answers,
        flags, is_held, is_scored, is_heard)
    SELECT md5('bench ' || n)::uuid, %(version)s, l.id, %(touchpoint)s, 'link', date '2026-03-01' - (n %% 1500),
        '4', '{}', 0, false, true, true
    FROM generate_series(1, %(many)s, 2) AS n
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM organisation_location WHERE code LIKE 'bench-c%%') l
        ON l.at = n / 2 %% %(locations)s
"""
REVIEWS = """
    INSERT INTO reviews_review (id, kind, state, source, source_name, link, author, digest, location_id, touchpoint_id,
        said_on, score, text, original, words, name, consent_publish, consent_contact, usefulness, is_held,
        hidden_reason, hidden_note, response_id, survey_id, handled_at, handled_by_id)
    SELECT md5('review ' || n)::uuid, CASE WHEN n %% 2 = 1 THEN 'comment' ELSE 'mention' END, 'private',
        CASE WHEN n %% 2 = 1 THEN '' ELSE 'other' END, '', '', '', '', l.id, %(touchpoint)s,
        date '2026-03-01' - (n %% 1500), CASE WHEN n %% 2 = 1 THEN 1 + abs(hashint4(n)) %% 5 END,
        w.words, w.words, w.words, '', false, false, 10, false, '', '',
        CASE WHEN n %% 2 = 1 THEN md5('bench ' || n)::uuid END, CASE WHEN n %% 2 = 1 THEN %(survey)s::integer END,
        CASE WHEN n %% 5000 = 7 THEN timestamptz '2026-03-02' END, CASE WHEN n %% 5000 = 7 THEN %(member)s::integer END
    FROM generate_series(1, %(many)s) AS n
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM organisation_location WHERE code LIKE 'bench-c%%') l
        ON l.at = n / 2 %% %(locations)s
    CROSS JOIN LATERAL (SELECT 'the service ' || string_agg('w' || ((n::bigint * k * 7919) %% 2000), ' ')
        || CASE WHEN n %% 100 = 0 THEN ' queue' ELSE '' END
        || CASE WHEN n %% 10000 = 0 THEN ' parrot' ELSE '' END AS words FROM generate_series(1, 10) AS k) w
"""
LABELS = """
    INSERT INTO reviews_review_labels (review_id, label_id)
    SELECT md5('review ' || n)::uuid, %(label)s FROM generate_series(1, %(many)s, 20000) AS n
"""
# What the triggers would have counted.
TALLIES = """
    INSERT INTO reviews_commenttally (survey_id, location_id, score_1, score_2, score_3, score_4, score_5, unscored)
    SELECT survey_id, location_id, count(*) FILTER (WHERE score = 1), count(*) FILTER (WHERE score = 2),
        count(*) FILTER (WHERE score = 3), count(*) FILTER (WHERE score = 4), count(*) FILTER (WHERE score = 5),
        count(*) FILTER (WHERE score IS NULL)
    FROM reviews_review WHERE survey_id = %(survey)s GROUP BY survey_id, location_id
"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('reviews_review', 'surveys_response')
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexname::regclass)
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
    "handled": "?handled=yes",
    "one location": "?location=bench-c7",
    "score": "?score=2",
    "without a score": "?score=none",
    "another scale": "?score=scale",
    "rated low": "?low=overall",
    "rated low in a dimension": "?low=speed",
    "reviews": "?kind=review",
    "mentions": "?kind=mention",
    "published": "?state=published",
    "assigned to me": "?assigned=me",
    "label": "?label={label}",
    "one day": "?first=2023-06-01&last=2023-06-01",
    "word and location": "?q=queue&location=bench-c100",
    "score, word and handled": "?score=2&q=queue&handled=yes",
}


def run(_postgres_url: str) -> dict[str, object]:
    from surveys.models import Survey

    if not Survey.objects.filter(slug=SLUG).exists():
        begun = time.perf_counter()
        fill()
        print(f"comments, filled with {MANY:,} in {time.perf_counter() - begun:.0f} s")
    return measure()


def measure() -> dict[str, object]:
    """Every page, of what `fill` made, for somebody who sees all places and for somebody who holds two."""
    from django.conf import settings
    from django.test import Client

    from organisation.models import Location, Member
    from reviews.models import Label

    settings.ALLOWED_HOSTS = ["testserver"]
    label = Label.objects.get(name="Bench").pk
    figures: dict[str, object] = {}
    manager, _new = Member.objects.get_or_create(email="bench-manager@example.org", role="manager")
    manager.locations.set(Location.objects.filter(code__in=["bench-c3", "bench-c4"]))
    for reader in (Member.objects.get(email="bench-comments@example.org"), manager):
        client = Client()
        client.force_login(reader)
        for name, query in PAGES.items():
            address = f"/reviews/comments/{query.format(label=label)}"
            taken = [1000 * timed(client, address) for _round in range(ROUNDS)][2:]
            best, median = round(min(taken), 1), round(statistics.median(taken), 1)
            figures[f"{reader.role}, {name}"] = {"best_ms": best, "median_ms": median}
            print(
                f"comments, {reader.role}, {name}: {best} ms at best, {median} ms mostly (wanted at most 300)"
            )
    return figures


def fill() -> None:
    """A million comments in a minute or two: no trigger and no index while the rows are written."""
    from django.db import connection

    values = ground()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for statement in (RESPONSES, REVIEWS, LABELS, TALLIES):
            cursor.execute(statement, values)
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


def ground() -> dict[str, object]:
    """The places, the survey and the people of the comments."""
    from organisation.models import Location, Member, Touchpoint
    from reviews.models import Label
    from surveys.models import Survey, Version

    now = datetime.now(tz=UTC)
    Location.objects.bulk_create(
        Location(code=f"bench-c{at}", name=f"Bench place {at}") for at in range(LOCATIONS)
    )
    survey = Survey.objects.create(slug=SLUG, name="Bench of comments", created_at=now)
    version = Version.objects.create(survey=survey, title="How was it?", number=1, published_at=now)
    return {
        "many": MANY,
        "locations": LOCATIONS,
        "touchpoint": Touchpoint.objects.get(is_default=True).pk,
        "version": version.pk,
        "survey": survey.pk,
        "member": Member.objects.create(email="bench-comments@example.org", role="editor").pk,
        "label": Label.objects.create(name="Bench").pk,
    }


def timed(client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - begun
    assert answer.status_code == 200, answer.status_code
    return taken
