"""Each number of a breakdown, opened: its file gives the figure that the page shows, to the digit."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.http import QueryDict

from metrics.ratings import Distribution
from organisation.models import Organisation
from reports.breakdown.reading import breakdown_for
from reports.filters import Filters
from reports.numbers.cells import cells
from reports.numbers.numbers import find_number, numbers, numbers_beside
from reports.numbers.page import number_csv
from reports.reading import report_for
from reports.results import Computed
from tests.factories import make_location
from tests.reports.answers import administrator, asked
from tests.reports.breakdown.samples import asked_breakdown, make_world
from tests.reports.numbers import recomputed
from tests.reports.numbers.recomputed import figures

pytestmark = pytest.mark.django_db

PAGE, NUMBER, FILE = (
    "/reports/breakdown/",
    "/reports/breakdown/number/",
    "/reports/breakdown/number/counts.csv",
)
LINK = re.compile(r'<a [^>]*href="(/reports/breakdown/number/\?[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
WAYS = [
    "rows=location",
    "rows=region&columns=mode",
    "rows=location&columns=touchpoint&dimension=speed",
    "rows=measure",
    "rows=measure&columns=channel",
    "rows=version&columns=measure",
    "rows=time&columns=location&by=month",
    "rows=weekday&columns=version",
    "rows=survey&columns=stage",
    "rows=touchpoint&columns=mode&location=p0&location=p1",
    "rows=location&weekday=1",
    "rows=location&question=speed",
    "rows=measure&version=2",
]


@pytest.fixture
def world():
    make_location(code="quiet", name="Nobody comes here")
    return make_world(number=400)


def made(ways):
    one = asked_breakdown(f"period=all&{ways}")
    return one, breakdown_for(one)


def shown_paths(result):
    """A path for each figure that the breakdown shows, found by walking through its result."""
    scores = {"total": result.total}
    if result.columns_way:
        scores |= {f"row.{row.head.code}": row.head.score for row in result.rows}
        scores |= {f"column.{one.code}": one.score for one in result.columns}
    lines = {
        f"cell.{row.code}.{column.code}" if column else f"row.{row.code}": cell
        for row, column, cell in result.cells()
    }
    scores |= {path: cell.score for path, cell in lines.items()}
    shown = {path: score for path, score in scores.items() if isinstance(score, Computed)}
    paths = {f"{path}.{quantity}" for path in shown for quantity in ("mean", "share", "n")}
    paths |= {f"{path}.ratings" for path, one in shown.items() if isinstance(one.scores, Distribution)}
    compared = {path for path, cell in lines.items() if cell.against and cell.against.difference is not None}
    return paths | {f"{path}.change" for path in compared} | ({"responses"} if result.responses else set())


@pytest.mark.parametrize("ways", WAYS)
def test_the_file_of_each_number_gives_the_figure_that_is_shown(world, ways):
    one, result = made(ways)
    wrong, opened = {}, set()

    for number in numbers(result):
        rows = recomputed.rows_of(number_csv(one, result, number))
        opened.add(number.path)
        said = {row["shown"].removeprefix("'") for row in rows}
        if figures(number.path, rows) != (number.shown, number.interval) or said != {number.shown}:
            wrong[number.path] = (figures(number.path, rows), number.shown, number.interval)

    assert wrong == {}
    assert opened == shown_paths(result)
    assert len(opened) > 6


@pytest.mark.parametrize("ways", WAYS)
def test_no_number_is_of_a_group_below_the_minimum(world, ways):
    _one, result = made(ways)
    minimum = Organisation.objects.get(pk=1).minimum_group

    sizes = [row.cells["n"] for number in numbers(result) for row in number.table.rows]

    assert min(sizes) >= minimum


@pytest.mark.parametrize("ways", WAYS)
def test_every_number_on_the_page_opens_and_says_the_same(client, world, ways):
    client.force_login(administrator())
    page = client.get(f"{PAGE}?period=all&{ways}").content.decode()
    links = {(unescape(url), plain(text)) for url, text in LINK.findall(page)}

    wrong = {}
    for url, text in sorted(links)[:: 1 + len(links) // 60]:
        answered = client.get(url)
        if answered.status_code != HTTPStatus.OK:
            wrong[url] = answered.status_code
        elif re.fullmatch(r"[+−]?[\d.,]+( %)?", text) and answered.context["number"].shown != text:
            wrong[url] = (answered.context["number"].shown, text)
    assert wrong == {}
    assert len(links) > 6


def plain(text):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_page_has_no_figure_of_a_score_without_a_link(client, world):
    client.force_login(administrator())
    page = client.get(f"{PAGE}?period=all&rows=location&columns=version").content.decode()
    table = page.split('<table class="data-table heat-grid">')[1].split("</table>")[0]

    left = re.sub(r"<a .*?</a>", "", table, flags=re.DOTALL)

    assert re.findall(r"\d\.\d\d", table)
    assert re.findall(r">[^<]*\d\.\d\d", left) == []
    assert re.findall(r"\bn \d+", left) == []


def test_where_filters_choose_just_these_the_report_of_them_says_the_same(world):
    one, result = made("rows=region&columns=mode")
    narrowed = [subject for subject in cells(result) if subject.narrows is not None]

    for subject in narrowed:
        query = Filters.query(one.filters, **subject.narrows)
        told = next(one.score for one in report_for(asked(query)).dimensions if one.dimension == "overall")
        assert isinstance(told, Computed), subject.path
        assert (told.n, told.mean) == (subject.score.n, subject.score.mean), subject.path
    assert len(narrowed) > 6


@pytest.mark.parametrize(
    "ways", ["rows=version", "rows=weekday&columns=location", "rows=survey&columns=stage"]
)
def test_what_no_filter_chooses_is_not_led_to_another_report(client, world, ways):
    client.force_login(administrator())
    _one, result = made(ways)
    path = next(one.path for one in cells(result) if one.narrows is None)

    page = client.get(f"{NUMBER}?period=all&{ways}&of={path}.mean")

    assert page.status_code == HTTPStatus.OK
    assert "No filter chooses just these responses" in plain(page.content.decode())
    assert "narrow_url" not in page.context


def test_a_number_has_the_others_of_its_score_beside_it(world):
    _one, result = made("rows=location&columns=mode")

    beside = [one.path for one in numbers_beside(result, "cell.p0.kiosk.mean")]

    assert beside == ["cell.p0.kiosk.share", "cell.p0.kiosk.n", "cell.p0.kiosk.change"]


@pytest.mark.parametrize(
    "path",
    ["", "total", "cell.p0.mean", "row.ghost.mean", "row.quiet.n", "overall.mean", "row.p0.usual", "x." * 90],
)
def test_what_is_not_shown_cannot_be_opened(client, world, path):
    client.force_login(administrator())

    assert find_number(made("rows=location")[1], path) is None
    assert client.get(NUMBER, {"period": "all", "of": path}).status_code == HTTPStatus.NOT_FOUND
    assert client.get(FILE, {"period": "all", "of": path}).status_code == HTTPStatus.NOT_FOUND


def test_its_page_says_by_what_it_is_told_apart_and_leads_back(client, world):
    client.force_login(administrator())
    address = f"{NUMBER}?from=2026-01-01&to=2026-03-31&rows=location&columns=mode&of=cell.p0.kiosk.mean"

    page = client.get(address)

    assert "Told apart by Location × Mode" in plain(page.content.decode())
    assert "Compared with" not in plain(page.content.decode())
    back = QueryDict(page.context["back_url"].partition("?")[2])
    assert page.context["back_url"].startswith(PAGE)
    assert (back["rows"], back["columns"]) == ("location", "mode")
    assert QueryDict(page.context["rows_url"].partition("?")[2])["location"] == "p0"
