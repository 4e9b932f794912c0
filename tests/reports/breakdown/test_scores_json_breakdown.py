"""The breakdown for programs: held against its description, and against its own page for random filters."""

import json
import random
import re
from http import HTTPStatus

import pytest
from django.conf import settings
from django.utils.html import strip_tags

from reports import numerals
from reports.breakdown.address import OWN
from reports.breakdown.enums import LineOrder, Way
from surveys.enums import Dimension, Mode
from tests.factories import make_published
from tests.reports.answers import administrator
from tests.reports.breakdown.samples import make_world
from tests.reports.schemas import wrong

DOCUMENT = json.loads((settings.BASE_DIR / "docs" / "scores-openapi.json").read_text())
OPERATION = DOCUMENT["paths"]["/reports/breakdown.json"]["get"]
PAGE, SCORES = "/reports/breakdown/", "/reports/breakdown.json"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def administrators(client):
    client.force_login(administrator())


def described(response):
    """What is wrong in an answer, by the description of its status."""
    content = OPERATION["responses"][str(response.status_code)]["content"]["application/json"]["schema"]
    return list(wrong(json.loads(response.content), content, DOCUMENT))


def test_parameters_are_those_that_are_read():
    found = {one["name"]: one["schema"] for one in OPERATION["parameters"]}

    scores = DOCUMENT["paths"]["/reports/scores.json"]["get"]["parameters"]
    assert set(found) == {*(one["name"] for one in scores), *OWN}
    assert found["rows"]["enum"] == found["columns"]["enum"] == Way.values
    assert found["order"]["enum"] == LineOrder.values


def test_no_survey_and_a_wrong_address_are_described(client):
    assert described(client.get(SCORES)) == []
    make_published()
    refused = client.get(SCORES, {"rows": "moon"})

    assert (refused.status_code, described(refused)) == (HTTPStatus.BAD_REQUEST, [])


def random_query(chance):
    choices = {
        "dimension": Dimension.values,
        "region": ["north", "south"],
        "location": ["p0", "p1", "p2"],
        "channel": ["phone", "in_person"],
        "touchpoint": ["counter", "phone"],
        "mode": Mode.values[:3],
    }
    query = {
        name: chance.sample(values, chance.randint(1, 2))
        for name, values in choices.items()
        if chance.random() < 0.2
    }
    rows, columns = chance.sample(Way.values, 2)
    ways = {"rows": rows} | ({"columns": columns} if chance.random() < 0.7 else {})
    days = chance.choice([{"period": "all"}, {"from": "2026-01-01", "to": "2026-02-15"}])
    if chance.random() < 0.3:
        ways = {"rows": chance.choice(["location", "touchpoint", "mode"])}
        ways |= chance.choice([{"weekday": "2"}, {"version": "1"}, {"question": "speed"}])
        query.pop("dimension", None)
    return query | ways | days | {"order": chance.choice(LineOrder.values)}


def table_of(page):
    """The texts of the page's table: its heads, and its rows by cells."""
    body = page.split('<section class="chart breakdown"')[1].split("</section>")[0]
    head, rest = body.split("<thead>")[1].split("</thead>")
    rows = rest.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    return cells_of(head), [cells_of(row) for row in rows]


def cells_of(html):
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html, re.DOTALL)
    return [" ".join(strip_tags(cell.replace("<", " <")).split()) for cell in cells]


def written(score):
    """As the page writes the numbers of a score."""
    if score["state"] != "computed":
        return []
    return [numerals.mean(score["mean"]), f"n {numerals.count(score['n'])}"]


def pairs(told, head, rows):
    """(text on the page, cell of the JSON); the text of a list's row is all of it."""
    for shown, row in zip(rows, told["rows"], strict=True):
        texts = [" ".join(shown)]
        if told["columns_way"]:
            texts = shown[len(shown) - len(told["columns"]) :]
            assert head[len(head) - len(texts) :] == [one["name"] for one in told["columns"]]
        yield from zip(texts, row["cells"], strict=True)


def test_random_filters_say_the_same_as_the_page(client):
    make_world(number=400, places=(4, 3, 3, 2, 2), touchpoints=(4, 3, 2))
    chance, computed = random.Random(3), 0
    for _ in range(40):
        query = random_query(chance)
        scores, page = client.get(SCORES, query), client.get(PAGE, query)

        assert described(scores) == [], query
        told, html = json.loads(scores.content), page.content.decode()
        assert (told["state"] == "computed") == ('<section class="chart breakdown"' in html), query
        if told["state"] != "computed":
            continue
        head, rows = table_of(html)
        assert [one[0] for one in rows] == [one["name"] for one in told["rows"]], query
        for text, cell in pairs(told, head, rows):
            is_told = cell["state"] == "computed"
            assert [number for number in written(cell) if number not in text] == [], (query, text, cell)
            assert is_told == bool(re.search(r"[1-5]\.\d\d", text)), (query, text, cell)
            verdict = (cell["against_the_others"] or {}).get("verdict")
            assert ("lower" in text, "higher" in text) == (verdict == "lower", verdict == "higher")
            computed += is_told
    assert computed > 100
