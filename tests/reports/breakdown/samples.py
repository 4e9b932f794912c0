"""Answers at some places, counted, and the breakdown of an address."""

import random
from datetime import date, timedelta
from functools import cache

from django.http import QueryDict

from organisation.enums import Channel, Stage
from reports.breakdown.address import ask_breakdown
from reports.breakdown.reading import breakdown_for
from reports.results import Computed
from reports.vocabulary import load_vocabulary
from surveys.enums import Mode
from surveys.models import Response
from tests.factories import make_location, make_published, make_region, make_touchpoint
from tests.reports.answers import NOW, administrator, answer_all, count

MINIMUM = 5


def asked_breakdown(query="", member=None):
    return ask_breakdown(QueryDict(query), load_vocabulary(member or administrator()), now=NOW)


def breakdown(query="", member=None):
    asked = asked_breakdown(f"period=all&{query}", member)
    assert asked.problems == ()
    return breakdown_for(asked)


def make_world(number=300, seed=5, **weights):
    """Two versions of one survey, four places in two regions and one in none, three touchpoints, three modes."""
    chance = random.Random(seed)
    regions = [make_region(code=code, name=code.title()) for code in ("north", "south")]
    places = [
        make_location(code=f"p{at}", name=f"Place {at}", region=(*regions, *regions, None)[at])
        for at in range(5)
    ]
    touchpoints = [
        make_touchpoint(code="counter", name="Counter", channel=Channel.IN_PERSON, stage=Stage.DECISION),
        make_touchpoint(code="phone", name="Phone", channel=Channel.PHONE, stage=Stage.DECISION),
        make_touchpoint(code="site", name="Site", channel=Channel.WEBSITE, stage=Stage.AWARENESS),
    ]
    first = make_published(name="Service") if "name" in weights else make_published()
    draw = {
        "location": lambda: chance.choices(places, weights.get("places", (8, 4, 4, 2, 1)))[0],
        "touchpoint": lambda: chance.choices(touchpoints, weights.get("touchpoints", (5, 3, 1)))[0],
        "mode": lambda: chance.choice([Mode.LINK, Mode.KIOSK, Mode.PAPER]),
        "on": lambda: date(2026, 1, 1) + timedelta(days=chance.randrange(88)),
        "ratings": lambda: "".join(chance.choice("12344555x-") for _question in range(5)),
    }
    answer_all(first, [{name: one() for name, one in draw.items()} for _response in range(number)])
    answer_all(
        make_published(first.survey),
        [{name: one() for name, one in draw.items()} for _response in range(number // 2)],
    )
    count()
    return first.survey


def numbers(result):
    """n of what is shown, by codes; else the state's name."""
    return {(row.code, column and column.code): told(cell.score) for row, column, cell in result.cells()}


def told(score):
    return score.n if isinstance(score, Computed) else score.state.value


PARTS = {
    "region": lambda response: response.location.region.code if response.location.region else "",
    "location": lambda response: response.location.code,
    "touchpoint": lambda response: response.touchpoint.code,
    "channel": lambda response: response.touchpoint.channel,
    "stage": lambda response: response.touchpoint.stage,
    "mode": lambda response: response.mode,
    "survey": lambda response: response.version.survey.slug,
    "version": lambda response: str(response.version.number),
    "weekday": lambda response: str(response.received_on.weekday() + 1),
    "time": lambda response: max(response.received_on.replace(day=1), date(1970, 1, 1)).isoformat(),
}


@cache
def questions_of(version):
    return list(version.questions.order_by("position").select_related("measure"))


def counted_by_hand(rows, columns=None, dimension="overall", lets=lambda _response: True):
    """Responses by the codes of two ways, straight from what was answered."""
    found = {}
    for response in Response.objects.select_related("location__region", "touchpoint", "version__survey"):
        if not lets(response):
            continue
        for question, rating in zip(questions_of(response.version), response.ratings, strict=False):
            is_told = "measure" in (rows, columns) or question.measure.dimension == dimension
            if rating in "12345" and is_told:
                parts = {
                    **{name: part(response) for name, part in PARTS.items()},
                    "measure": question.measure.key,
                }
                key = parts[rows], columns and parts[columns]
                found[key] = found.get(key, 0) + 1
    return found
