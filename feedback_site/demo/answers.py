"""Seeded answers with a plot: people differ, shops differ, and some things happen that a report should find.

- *The drop*: at Grand Square, speed falls by about 0.8 from four months ago on.
- *The improvement*: on the Coast, knowledge rises by about 0.5 from seven months ago on (a training).
- *The straight lines*: some give a 5 to everything, and are flagged.
- *The outlier*: at Dunmore, one week two months ago in which quality collapses.
- *The kiosks*: for ten weeks many more have answered at one.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from feedback_site.demo.comments import COMMENTS
from feedback_site.demo.places import LOCATIONS, TOUCHPOINTS
from organisation.models import Location, Touchpoint
from surveys.enums import Answer, Dimension, Flag, Kind, Mode
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.models import Question, Version

SEED = 20_260_321
DAYS = 548
MODES = [Mode.LINK, Mode.INVITATION, Mode.KIOSK, Mode.PAPER]
MODE_SHARES, SHARES_WITH_KIOSKS = [0.5, 0.15, 0.2, 0.15], [0.36, 0.11, 0.42, 0.11]
TOUCHPOINT_SHARES = [0.24, 0.3, 0.16, 0.16, 0.09, 0.05]
LEVEL = {
    Dimension.QUALITY: 4.05,
    Dimension.SPEED: 3.75,
    Dimension.CONVENIENCE: 3.95,
    Dimension.KNOWLEDGE: 3.85,
    Dimension.OVERALL: 4.0,
}
LOCATION_SPREAD = 0.22
PERSON_SPREAD = 0.65
RATING_SPREAD = 0.75
SHARE_NOT_APPLICABLE = 0.03
SHARE_BLANK = 0.02
SHARE_COMMENTING = 0.22
SHARE_TICKED = 0.4
SHARE_STRAIGHT = 0.008  # the same rating throughout: flagged, as they would be on arrival
DROP_DAYS, IMPROVEMENT_DAYS, OUTLIER_DAYS, KIOSK_DAYS = 122, 213, (66, 59), 70


def make_responses(
    versions: list[tuple[Version, date]], *, count: int, today: date, seed: int
) -> Iterator[Response]:
    """About `count` responses to one survey over 18 months; each answers the version that was live on its day.

    `versions` are (version, first day), oldest first.
    """
    rng, straight = Random(seed), Random(seed + 1)  # noqa: S311 (the same demo each time)
    locations = {location.code: location for location in Location.objects.all()}
    touchpoints = {touchpoint.code: touchpoint for touchpoint in Touchpoint.objects.all()}
    lists = {version.pk: _questions(version) for version, _since in versions}
    offsets = {code: rng.gauss(0, LOCATION_SPREAD) for code in LOCATIONS}
    sizes = [rng.gammavariate(8, 1) for _code in LOCATIONS]
    for ago in sorted((rng.randrange(DAYS) for _ in range(count)), reverse=True):
        day = today - timedelta(days=ago)
        version = next(v for v, since in reversed(versions) if since <= day or v == versions[0][0])
        [code] = rng.choices(list(LOCATIONS), sizes)
        base = offsets[code] + rng.gauss(0, PERSON_SPREAD)
        ratings, answers = _answer(rng, lists[version.pk], code=code, ago=ago, base=base)
        is_straight = straight.random() < SHARE_STRAIGHT
        if is_straight:
            ratings = "".join("5" if sign.isdigit() else sign for sign in ratings)
        yield Response(
            id=uuid.UUID(int=rng.getrandbits(128), version=4),
            version=version,
            location=locations[code],
            touchpoint=touchpoints[rng.choices(list(TOUCHPOINTS), TOUCHPOINT_SHARES)[0]],
            mode=rng.choices(MODES, SHARES_WITH_KIOSKS if ago < KIOSK_DAYS else MODE_SHARES)[0],
            received_on=day,
            ratings=ratings,
            answers=answers,
            flags=Flag.STRAIGHT_LINE if is_straight else 0,
        )


def _questions(version: Version) -> list[Question]:
    return list(version.questions.select_related("measure").in_order())


def _answer(
    rng: Random, questions: list[Question], *, code: str, ago: int, base: float
) -> tuple[str, dict[str, str | list[str]]]:
    signs: list[str] = []
    answers: dict[str, str | list[str]] = {}
    for question in questions:
        kind = question.measure.kind
        if kind == Kind.RATING:
            level = LEVEL[Dimension(question.measure.dimension)] + base
            level += _plot(question.measure.dimension, code, ago)
            signs.append(_rating(rng, level, question))
            continue
        signs.append(Answer.NO_RATING)
        if kind == Kind.TEXT and rng.random() < SHARE_COMMENTING:
            answers[question.measure.key] = rng.choice(COMMENTS[_mood(signs)])
        elif kind == Kind.SINGLE_CHOICE:
            answers[question.measure.key] = rng.choice(question.options)["key"]
        elif kind == Kind.SEVERAL_CHOICES:
            ticked = [option["key"] for option in question.options if rng.random() < SHARE_TICKED]
            answers[question.measure.key] = ticked or [question.options[0]["key"]]
    return "".join(signs), answers


def _rating(rng: Random, level: float, question: Question) -> str:
    chance = rng.random()
    if chance < SHARE_NOT_APPLICABLE and question.allows_not_applicable:
        return Answer.NOT_APPLICABLE
    if chance > 1 - SHARE_BLANK and not question.is_required:
        return Answer.BLANK
    rating = min(5, max(1, round(rng.gauss(level, RATING_SPREAD))))
    return str(6 - rating if question.measure.is_reversed else rating)


def _plot(dimension: str, code: str, ago: int) -> float:
    if code == "grand-square" and dimension == Dimension.SPEED and ago < DROP_DAYS:
        return -0.8
    if LOCATIONS[code][1] == "coast" and dimension == Dimension.KNOWLEDGE and ago < IMPROVEMENT_DAYS:
        return 0.5
    if code == "dunmore" and dimension == Dimension.QUALITY and OUTLIER_DAYS[1] <= ago <= OUTLIER_DAYS[0]:
        return -1.8
    return 0.0


def _mood(signs: list[str]) -> str:
    given = [int(sign) for sign in signs if sign.isdigit()]
    mean = sum(given) / len(given) if given else 3
    return "good" if mean >= 4.2 else "poor" if mean < 3 else "mixed"  # noqa: PLR2004
