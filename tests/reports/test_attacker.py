"""An attacker who reads what the product tells, by every filter: the scores for programs, breakdowns and files of charts.

Each number is the number of some responses. It is right; it is no small group; and no two of them differ by one.

These are few worlds, as each is asked for hundreds of addresses; `ATTACKED_WORLDS=300` in the environment asks for as many as
`test_neighbours` and `breakdown/test_nearness` attack each time, by the same function and without a database.
"""

import csv
import json
import os
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from http import HTTPStatus
from itertools import product

import numpy as np
import pytest

from organisation.enums import Channel, Stage
from reports.breakdown.enums import Way
from surveys.enums import Dimension, Mode
from tests.factories import make_location, make_published, make_region, make_touchpoint
from tests.reports.answers import administrator, answer_all, count

pytestmark = pytest.mark.django_db
MINIMUM = 5
WORLDS = os.environ.get("ATTACKED_WORLDS")
SEEDS = range(int(WORLDS)) if WORLDS else (40, 42, 50, 243)  # each of these gave something away once
FIRST = date(2026, 3, 2)
WEEKS = range(2)
PLACES = {"a": ("location", "coast"), "b": ("location", "coast"), "c": ("location", "")}
STAGES = {"x": Stage.DECISION, "y": Stage.DECISION, "z": Stage.AWARENESS}
CHANNELS = {"x": Channel.IN_PERSON, "y": Channel.PHONE, "z": Channel.PHONE}
WEEKDAYS = (1, 4)
MODES = (Mode.LINK, Mode.KIOSK)
DIMENSIONS = {"whole": Dimension.OVERALL, "wait": Dimension.SPEED, "pace": Dimension.SPEED}
PERIOD = "from=2026-03-02&to=2026-03-15&by=week&compare=none"
FILTERS = {
    "location": ("region", "location"),
    "touchpoint": ("stage", "channel", "touchpoint"),
    "mode": ("mode",),
}
VALUES = {
    "region": ("coast",),
    "location": tuple(PLACES),
    "stage": (Stage.DECISION.value, Stage.AWARENESS.value),
    "channel": (Channel.IN_PERSON.value, Channel.PHONE.value),
    "touchpoint": tuple(STAGES),
    "mode": tuple(mode.value for mode in MODES),
}
ONLY = [
    ("&version=1", (Way.VERSION,)),
    ("&question=pace", (Way.MEASURE,)),
    ("&weekday=1", (Way.WEEKDAY,)),
    ("&weekday=4", (Way.WEEKDAY,)),
]
CHOICES = [
    dict(part for part in parts if part)
    for parts in product(
        *(
            [None, *((facet, value) for facet in facets for value in VALUES[facet])]
            for facets in FILTERS.values()
        )
    )
]
WAYS = [way for way in Way if way is not Way.SURVEY]


def make_world(seed):
    """Responses as a reader could know them by name: where, how, when, in which version, and what they rated."""
    chance = random.Random(seed)
    density = chance.choice(([0, 0, 1, 2, 3], [0, 2, 4, 6, 9], [0, 1, 5, 20], [0, 0, 0, 0, 8, 30]))
    coast = make_region(code="coast", name="Coast")
    places = {
        code: make_location(code=code, name=code, region=coast if region else None)
        for code, (_facet, region) in PLACES.items()
    }
    touchpoints = {
        code: make_touchpoint(code=code, name=code, stage=stage, channel=CHANNELS[code])
        for code, stage in STAGES.items()
    }
    first = make_published(questions=tuple(DIMENSIONS.items()))
    versions = [first, make_published(first.survey, questions=tuple(DIMENSIONS.items()))]
    told, rows = [], ([], [])
    for place, touchpoint, mode, week in product(PLACES, STAGES, MODES, WEEKS):
        for _response in range(chance.choice(density)):
            ratings = "4" + "".join(chance.choice("12345-") for _question in "wp")
            at = int(week == 1 and chance.random() < 0.5)
            weekday = chance.choice(WEEKDAYS)
            rows[at].append(
                {
                    "ratings": ratings,
                    "location": places[place],
                    "touchpoint": touchpoints[touchpoint],
                    "mode": mode,
                    "on": FIRST + timedelta(days=7 * week + weekday - 1),
                }
            )
            when = {"time": week_of(week), "weekday": str(weekday), "version": str(versions[at].number)}
            told.append(told_of(place, touchpoint, mode, when, ratings=ratings))
    for version, some in zip(versions, rows, strict=True):
        answer_all(version, some)
    count()
    return World(told)


def week_of(week):
    return (FIRST + timedelta(days=7 * week)).isoformat()


def told_of(place, touchpoint, mode, when, *, ratings):
    rated = {key for key, rating in zip(DIMENSIONS, ratings, strict=True) if rating != "-"}
    return {
        "location": place,
        "region": PLACES[place][1],
        "touchpoint": touchpoint,
        "stage": STAGES[touchpoint].value,
        "channel": CHANNELS[touchpoint].value,
        "mode": mode.value,
        **when,
        "rated": rated | {DIMENSIONS[key].value for key in rated} | {""},
    }


@dataclass
class World:
    """What each number is known to be about: by kind (a dimension, a question, "" for all) and weeks, sets of responses."""

    responses: list
    known: dict = field(default_factory=lambda: defaultdict(dict))

    def learn(self, n, kind, where, weeks=None):
        """`where` says what each response has to be."""
        inside = np.array([has(one, kind, where) for one in self.responses], bool)
        assert inside.sum() == n, (kind, where)
        self.known[kind, where.get("time", weeks)][inside.tobytes()] = (where, inside)

    def small_groups(self):
        for key, sets in self.known.items():
            wheres, inside = zip(*sets.values(), strict=True)
            has = np.array(inside, np.float32)
            total, both = has.sum(axis=1), has @ has.T
            more = total[None, :] - total[:, None]
            found = np.argwhere((both == total[:, None]) & (more > 0) & (more < MINIMUM)).tolist()
            pairs = [(wheres[one], wheres[other]) for one, other in found]
            yield from ((key, *pair) for pair in pairs if is_held(*pair))
            yield from ((key, wheres[at]) for at in np.flatnonzero((total > 0) & (total < MINIMUM)))


def is_held(where, other):
    """Of a day of the week against all days: where one contains the other, whatever was answered. See decision 10."""
    return where.get("weekday") == other.get("weekday") or is_within(where, other)


def has(response, kind, where):
    return kind in response["rated"] and all(response[key] == value for key, value in where.items())


def is_within(where, other):
    """Whether the names alone say that all of the one is in the other."""
    told = dict(where)
    if place := where.get("location"):
        told["region"] = PLACES[place][1]
    if touchpoint := where.get("touchpoint"):
        told["stage"], told["channel"] = STAGES[touchpoint].value, CHANNELS[touchpoint].value
    return all(told.get(key) == value for key, value in other.items())


def read(client, address, query):
    response = client.get(f"/reports/{address}?{PERIOD}&{query}")
    assert response.status_code == HTTPStatus.OK
    return response


def addressed(where):
    return "&".join(f"{facet}={value}" for facet, value in where.items())


def learn_report(world, told, where):
    """Every number of responses in the scores for programs."""
    if told["responses"] is not None:
        world.learn(told["responses"], "", where)
    for version in told["versions"]:
        if version["responses"] is not None:
            world.learn(version["responses"], "", {**where, "version": str(version["number"])})
    for result in told["dimensions"]:
        name = result["dimension"]
        learn(world, result, name, where)
        for place in result["locations"]:
            learn(world, place, name, {**where, "location": place["location"]})
        for bucket in result["trend"]:
            learn(world, bucket, name, {**where, "time": bucket["from"]})
        for question in result["questions"]:
            learn(world, question, question["measure"], where)
            for line in question["versions"]:
                learn(world, line, question["measure"], {**where, "version": str(line["version"])})


def learn(world, score, kind, where):
    if score and score["state"] == "computed":
        world.learn(score["n"], kind, where)


def learn_breakdown(world, told, where):
    ways = told["rows_way"], told["columns_way"]
    dimension, only = told["dimension"], told["only"]
    if only:
        where, dimension = narrowed(where, dimension, only)

    def told_at(score, codes):
        lines = {way: code for way, code in zip(ways, codes, strict=True) if way and code is not None}
        kind = lines.pop("measure", dimension)
        if kind and all(where.get(way, code) == code for way, code in lines.items()):
            learn(world, score, kind, {**where, **lines})

    told_at(told["total"], (None, None))
    for column in told["columns"]:
        told_at(column["score"], (None, column["code"]))
    for row in told["rows"]:
        told_at(row["score"], (row["code"], None))
        columns = [column["code"] for column in told["columns"]] if ways[1] else [None]
        for code, cell in zip(columns, row["cells"], strict=True):
            told_at(cell, (row["code"], code))


def narrowed(where, dimension, only):
    """A breakdown of one version, or of one question."""
    if only["way"] == Way.MEASURE:
        return where, only["code"]
    return {**where, only["way"]: only["code"]}, dimension


def ways_of(chance):
    """Rows and columns, rows alone, or rows of a single version or question."""
    rows, columns = chance.sample(WAYS, 2)
    second, others = chance.choice([("", ()), *[(f"&columns={columns}", (columns,))] * 4, *ONLY])
    if rows in others:
        return f"rows={rows}"
    dimension = "" if Way.MEASURE in {rows, *others} else f"&dimension={chance.choice(['overall', 'speed'])}"
    return f"rows={rows}{second}{dimension}"


@pytest.mark.parametrize("seed", SEEDS)
def test_no_number_that_is_told_gives_a_small_group(client, seed):
    """All reports of the same days, and thirty breakdowns."""
    world, chance = make_world(seed), random.Random(seed)
    client.force_login(administrator())
    for where in CHOICES:
        learn_report(world, json.loads(read(client, "scores.json", addressed(where)).content), where)
    for _breakdown in range(30):
        where = chance.choice(CHOICES)
        query = f"{addressed(where)}&{ways_of(chance)}"
        told = json.loads(read(client, "breakdown.json", query).content)
        learn_breakdown(world, told, where)

    assert world.known
    assert list(world.small_groups()) == []


def questions_of(result):
    for question in result["questions"]:
        yield from (question, *question["versions"])


@pytest.mark.parametrize("seed", range(2))
def test_files_of_charts_tell_no_other_numbers(client, seed):
    make_world(seed)
    client.force_login(administrator())
    for where in random.Random(seed).sample(CHOICES, 6):
        told = json.loads(read(client, "scores.json", addressed(where)).content)
        numbers = {
            one["n"]
            for result in told["dimensions"]
            for one in (result, *result["locations"], *result["trend"], *questions_of(result))
            if one["state"] == "computed"
        }
        for name in ("means", "trend", "locations", "questions"):
            lines = read(client, f"charts/{name}.csv", addressed(where)).content.decode("utf-8-sig")
            found = {int(row["n"]) for row in csv.DictReader(lines.splitlines()) if row["n"]}
            assert found <= numbers, (name, where)
