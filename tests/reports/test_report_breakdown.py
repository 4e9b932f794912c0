import re

from django.template import Context, Template

from metrics.comparison import Verdict
from reports.breakdown.page import PageCell, PageLine
from reports.breakdown.results import Brief
from reports.enums import ResultState

FEW, NOBODY = Brief(ResultState.TOO_FEW), Brief(ResultState.EMPTY)


def rated(mean, n, verdict=None):
    return Brief(ResultState.COMPUTED, mean, n, verdict)


def written(cells, numbers_url="?rows=location&of=", tag="grid_rows", own=None, url=""):
    line = PageLine("Mill & Co", PageCell(own, path="row.mill"), url, cells)
    lines = line if tag == "grid_foot" else [line]
    context = Context({"lines": lines, "numbers_url": numbers_url, "has_own": bool(own)})
    source = f"{{% load report_breakdown %}}{{% {tag} lines numbers_url has_own=has_own %}}"
    return Template(source).render(context)


def links(html):
    return re.findall(r'href="([^"]*)">(?:<strong>)?([^<]*)<', html)


def test_a_cell_leads_on_and_opens_its_number():
    html = written([PageCell(rated(5.0, 1204, Verdict.HIGHER), "?location=mill&mode=link", "cell.mill.link")])

    assert links(html) == [
        ("?location=mill&amp;mode=link", "5.00"),
        ("?rows=location&amp;of=cell.mill.link.mean", "n 1,204"),
    ]
    assert '<td class="number heat heat-6">' in html
    assert '<span class="verdict verdict-higher">higher</span>' in html


def test_a_cell_that_leads_nowhere_opens_its_number_twice():
    html = written([PageCell(rated(4.2, 5, Verdict.NO_EVIDENCE), path="cell.mill.1")])

    assert [url for url, _words in links(html)] == ["?rows=location&amp;of=cell.mill.1.mean"] * 2
    assert "verdict" not in html


def test_a_cell_without_numbers_says_why_and_tells_none():
    html = written([PageCell(FEW, url="?location=mill"), PageCell(NOBODY)])

    assert html == (
        '<tr><th scope="row">Mill &amp; Co</th>'
        '<td class="number muted">Too few answers</td><td class="number muted">No answers</td></tr>'
    )


def test_a_row_has_a_name_that_leads_on_and_its_own_score():
    html = written([], own=rated(3.5, 12), url="?location=mill&of=1")

    assert links(html) == [
        ("?location=mill&amp;of=1", "Mill &amp; Co"),
        ("?rows=location&amp;of=row.mill.mean", "3.50"),
        ("?rows=location&amp;of=row.mill.n", "n 12"),
    ]
    assert '<td class="number own"><span class="muted">Too few answers</span></td>' in written([], own=FEW)


def test_the_foot_has_the_scores_of_whole_columns():
    html = written([PageCell(rated(4.0, 7), path="column.link"), PageCell(FEW)], tag="grid_foot")

    assert links(html) == [
        ("?rows=location&amp;of=column.link.mean", "4.00"),
        ("?rows=location&amp;of=column.link.n", "n 7"),
    ]
    assert html.count("<td") == 2


def test_whatever_stands_in_an_address_stays_in_it():
    html = written([PageCell(rated(4.0, 7), '?"><b>', path="cell.<i>")], '?"><u>')

    assert not re.search("<[biu]>", html)
