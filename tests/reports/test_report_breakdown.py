import re

from django.template import Context, Template

from reports.breakdown.page import PageCell
from reports.results import Empty, Withheld
from tests.reports.samples import rated


def written(cells, numbers_url="?rows=location&of="):
    context = Context({"cells": cells, "numbers_url": numbers_url})
    return Template("{% load report_breakdown %}{% grid_cells cells numbers_url %}").render(context)


def links(html):
    return re.findall(r'href="([^"]*)">(?:<strong>)?([^<]*)<', html)


def test_a_cell_leads_on_and_opens_its_number():
    cell = PageCell(rated(0, 0, 2, 2, 1200), "?location=mill&mode=link", "higher", "cell.mill.link", 6)

    html = written([cell])

    assert links(html) == [
        ("?location=mill&amp;mode=link", "5.00"),
        ("?rows=location&amp;of=cell.mill.link.mean", "n 1,204"),
    ]
    assert '<td class="number heat heat-6">' in html
    assert '<span class="verdict verdict-higher">higher</span>' in html


def test_a_cell_that_leads_nowhere_opens_its_number_twice():
    html = written([PageCell(rated(0, 0, 2, 2, 1), path="cell.mill.1", step=5)])

    assert [url for url, _words in links(html)] == ["?rows=location&amp;of=cell.mill.1.mean"] * 2
    assert "verdict" not in html


def test_a_cell_without_numbers_says_why_and_tells_none():
    html = written([PageCell(Withheld(5), url="?location=mill"), PageCell(Empty())])

    assert html == '<td class="number muted">Too few answers</td><td class="number muted">No answers</td>'


def test_whatever_stands_in_an_address_stays_in_it():
    html = written([PageCell(rated(0, 0, 2, 2, 1), '?"><b>', path="cell.<i>", step=5)], '?"><u>')

    assert not re.search("<[biu]>", html)
