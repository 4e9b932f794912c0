"""The description of the scores for programs, held against what the site answers; and that against its own page."""

import json
import random
import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.html import strip_tags

from organisation.enums import Channel, Role, Stage
from reports import numerals
from reports.enums import PeriodShortcut, TrendStep
from reports.filters import FACETS, WITHOUT_DAYS
from surveys.enums import Dimension, Mode
from tests.factories import make_location, make_member, make_published, make_region, make_touchpoint
from tests.reports.answers import administrator, answer, answer_all, count
from tests.reports.schemas import resolved, wrong

DOCUMENT = json.loads((settings.BASE_DIR / "docs" / "scores-openapi.json").read_text())
WORDS = (settings.BASE_DIR / "docs" / "scores-json.md").read_text()
OPERATION = DOCUMENT["paths"]["/reports/scores.json"]["get"]
COMPARES = ("compare", "compare_from", "compare_to")
PAGE, SCORES = "/reports/", "/reports/scores.json"
REGIONS, PLACES, TOUCHPOINTS = ["north", "south"], ["p0", "p1", "p2", "p3"], ["counter", "shop"]


def described(response):
    """What is wrong in an answer, by the description of its status."""
    content = OPERATION["responses"][str(response.status_code)]["content"]["application/json"]["schema"]
    return list(wrong(json.loads(response.content), content, DOCUMENT))


def references(node):
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from references(one)


def test_every_reference_leads_somewhere_and_everything_is_used():
    used = set(references(DOCUMENT))

    assert all(resolved(one, DOCUMENT) for one in used)
    assert {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]} == used


def test_parameters_are_those_that_are_read():
    found = {one["name"]: one["schema"] for one in OPERATION["parameters"]}

    assert set(found) == {"survey", "from", "to", "period", "by", *COMPARES, *FACETS}
    values = {"dimension": Dimension, "channel": Channel, "stage": Stage, "mode": Mode}
    assert {name: found[name]["items"]["enum"] for name in values} == {
        name: choices.values for name, choices in values.items()
    }
    assert found["period"]["enum"] == PeriodShortcut.values
    assert found["by"]["enum"] == TrendStep.values
    assert found["compare"]["enum"] == WITHOUT_DAYS


def test_no_survey_and_a_wrong_address_are_described(client, db):
    client.force_login(administrator())
    assert described(client.get(SCORES)) == []

    make_published()
    refused = client.get(SCORES, {"from": "tomorrow"})

    assert (refused.status_code, described(refused)) == (HTTPStatus.BAD_REQUEST, [])


def test_a_database_that_fails_is_described(client, filled):
    def refuse(execute, sql, *rest):
        if "scoring_dimensioncell" in sql or "scoring_blocksum" in sql:
            raise DatabaseError("gone")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        failed = client.get(SCORES, {"from": "2026-01-01", "to": "2026-03-31"})

    assert (failed.status_code, failed.json()["state"], described(failed)) == (503, "failed", [])
    assert failed.json()["dimensions"] == []


def test_each_other_status_is_described(client, filled):
    statuses = [client.post(SCORES).status_code]
    client.force_login(make_member(Role.CLERK))
    statuses.append(client.get(SCORES).status_code)
    client.logout()
    statuses.append(client.get(SCORES).status_code)

    assert statuses == [405, 403, 302]
    assert {str(status) for status in statuses} - {"405"} <= OPERATION["responses"].keys()
    assert set(re.findall(r"^\| `(\d{3})` \|", WORDS, re.MULTILINE)) == {*OPERATION["responses"], "405"}


def names(schema):
    """Every key that the description gives to an object, wherever it stands."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from names(part)
    if isinstance(schema, list):
        for part in schema:
            yield from names(part)


def test_every_key_and_parameter_is_explained_in_words():
    keys = set(names(DOCUMENT["components"]["schemas"])) - {"1", "2", "3", "4", "5"}
    keys |= {one["name"] for path in DOCUMENT["paths"].values() for one in path["get"]["parameters"]}

    assert {key for key in keys if not re.search(rf'[`"]{key}[`"]', WORDS)} == set()


@pytest.fixture
def filled(client, db):
    """Two versions, four places in two regions, two touchpoints, three modes, ninety days."""
    version = make_published()
    regions = [make_region(code=code, name=code) for code in REGIONS]
    places = [make_location(code=code, region=regions[at % 2]) for at, code in enumerate(PLACES)]
    touchpoints = [
        make_touchpoint(code=code, stage=stage, channel=channel)
        for code, stage, channel in zip(
            TOUCHPOINTS, (Stage.AWARENESS, Stage.DECISION), (Channel.PHONE, Channel.IN_PERSON), strict=True
        )
    ]
    chance = random.Random(5)
    rows = [
        {
            "ratings": "".join(chance.choice("12344555x-") for _ in range(5)),
            "location": chance.choice(places),
            "touchpoint": chance.choice(touchpoints),
            "mode": chance.choice([Mode.LINK, Mode.KIOSK, Mode.PAPER]),
            "on": date(2026, 1, 1) + timedelta(days=chance.randrange(90)),
        }
        for _ in range(400)
    ]
    answer_all(version, rows)
    answer(make_published(version.survey), *["54321"] * 20, location=places[0])
    count()
    client.force_login(administrator())


def random_query(chance):
    choices = {
        "dimension": Dimension.values,
        "region": REGIONS,
        "location": PLACES,
        "channel": [Channel.PHONE, Channel.IN_PERSON],
        "stage": Stage.values,
        "touchpoint": TOUCHPOINTS,
        "mode": Mode.values,
    }
    query = {
        name: chance.sample(values, chance.randint(1, 2))
        for name, values in choices.items()
        if chance.random() < 0.3
    }
    first = date(2026, 1, 1) + timedelta(days=chance.randrange(60))
    days = {"from": first.isoformat(), "to": (first + timedelta(days=chance.randrange(90))).isoformat()}
    comparison = chance.choice([{}, {"compare": "year"}, {"compare": "none"}, {"compare_to": "2025-12-31"}])
    step = chance.choice([{}, *({"by": step} for step in TrendStep.values)])
    return query | step | chance.choice([days | comparison, {"period": "all"}, days])


def tiles(html):
    """What the page's tiles say: {dimension: text}."""
    found = re.findall(r'<article class="tile.*?</article>', html, re.DOTALL)
    return {
        re.search(r"dimension-(\w+)", one)[1]: " ".join(strip_tags(one.replace("<", " <")).split())
        for one in found
    }


def said_of(score):
    """As a reader is told the numbers of the JSON."""
    if score["state"] != "computed":
        return []
    return [
        numerals.mean(score["mean"]),
        numerals.share(score["share_satisfied"]),
        numerals.count(score["n"]),
    ]


def points(html):
    """What the page's table of the trend says: {(dimension, first day): mean}."""
    found = re.findall(r"of=(\w+)\.days\.([\d-]+)\.mean\">(?:<strong>)?([\d.,]+)<", html)
    return {(dimension, day): mean for dimension, day, mean in found}


def scores_in(told):
    """Every score of an answer, however deep it stands."""
    if isinstance(told, dict):
        yield from [told] if "state" in told else []
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from scores_in(one)


def verdict_of(told):
    """As the tile says it."""
    change = told["change"]
    words = {"higher": "points higher", "lower": "points lower"}
    if change["verdict"] not in words:
        return []
    return [f"{numerals.mean(abs(change['difference']))} {words[change['verdict']]}"]


def test_fifty_random_filters_say_the_same_as_the_page(client, filled):
    chance, computed, verdicts, drawn, steps = random.Random(11), 0, 0, 0, set()
    for _ in range(50):
        query = random_query(chance)
        scores, page = client.get(SCORES, query), client.get(PAGE, query)

        assert described(scores) == []
        told = json.loads(scores.content)
        assert all(("n" in one) == (one["state"] == "computed") for one in scores_in(told["dimensions"])), (
            query
        )
        shown = tiles(page.content.decode())
        assert (told["state"] == "computed") == bool(shown), query
        if shown:
            assert [one["dimension"] for one in told["dimensions"]] == list(shown)
            for one in told["dimensions"]:
                said = [*said_of(one), *verdict_of(one)]
                missing = [number for number in said if number not in shown[one["dimension"]]]
                assert missing == [], (query, one, shown[one["dimension"]])
                assert (one["state"] == "computed") == ("of 5" in shown[one["dimension"]])
                computed += one["state"] == "computed"
                verdicts += len(verdict_of(one))
        means = {
            (one["dimension"], point["from"]): numerals.mean(point["mean"])
            for one in told["dimensions"]
            for point in one["trend"]
            if point["state"] == "computed"
        }
        on_the_page = points(page.content.decode())
        assert on_the_page.items() <= means.items(), query
        drawn += len(on_the_page)
        steps.add(told["by"])
    assert computed > 50
    assert drawn > 100
    assert verdicts
    assert steps == set(TrendStep.values)
