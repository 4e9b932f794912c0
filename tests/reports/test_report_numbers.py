from html import unescape

import pytest
from django.template import Context, Template

from metrics.comparison import Verdict
from metrics.ratings import Distribution
from reports.breakdown.results import Brief
from reports.enums import ResultState
from reports.page import RankedRow
from reports.ranks import Standing
from reports.tables import Column, Content
from reports.templatetags import report_numbers


def written(source, **context):
    return Template("{% load report_numbers %}" + source).render(Context(context))


def test_templates_write_numbers_as_everywhere():
    assert written("{{ mean|mean }} {{ n|count }} {{ share|share }}", mean=4.3678, n=1204, share=0.5) == (
        "4.37 1,204 50 %"
    )


def test_a_mean_has_its_place_on_the_axis():
    assert [report_numbers.on_axis(value) for value in (1, 3, 5)] == [0, 50, 100]


@pytest.mark.parametrize(
    ("verdict", "name"),
    [(Verdict.NO_EVIDENCE, "unclear"), (Verdict.HIGHER, "higher"), (Verdict.TOO_FEW, "too_few")],
)
def test_a_verdict_has_the_components_name(verdict, name):
    assert report_numbers.verdict_name(verdict) == name


def test_a_difference_beside_its_direction_has_no_sign():
    assert report_numbers.size(-0.456) == "0.46 points"


def test_a_bar_is_parted_from_end_to_end():
    parts = report_numbers.bar_parts(Distribution(1, 0, 1, 0, 2))

    assert [(part["rating"], part["start"], part["share"], part["middle"]) for part in parts] == [
        (1, 0.0, 25.0, 12.5),
        (2, 25.0, 0.0, 25.0),
        (3, 25.0, 25.0, 37.5),
        (4, 50.0, 0.0, 50.0),
        (5, 50.0, 50.0, 75.0),
    ]


def test_a_bar_is_read_aloud_in_percent():
    assert report_numbers.in_words(Distribution(1, 0, 1, 0, 2)) == "1: 25 %, 2: 0 %, 3: 25 %, 4: 0 %, 5: 50 %"


def test_table_rows_are_escaped():
    columns = [Column("name", "Name"), Column("n", "Responses", Content.COUNT), Column("note", "Note")]

    html = written("{% table_rows columns rows %}", columns=columns, rows=[["<b>&", "7", "'\""]])

    assert html == (
        '<tr><th scope="row">&lt;b&gt;&amp;</th><td class="number">7</td><td>&#x27;&quot;</td></tr>'
    )
    assert unescape("&lt;b&gt;&amp;") == "<b>&"


def score(mean, n, verdict=Verdict.NO_EVIDENCE):
    return Brief(ResultState.COMPUTED, mean, n, verdict)


def place(name, brief):
    return Standing("code", name, "North & <East>", brief)


def test_the_ranking_marks_who_differs_and_says_why_there_is_no_mean():
    leading = place("<b>Kingsport", score(4.125, 1204, Verdict.LOWER))
    briefs = [leading.brief, Brief(ResultState.TOO_FEW), score(3.0, 9), None]
    row = RankedRow(leading, "?a=1&b=2", [("speed", one) for one in briefs])

    html = written("{% ranking_rows ranking url %}", ranking=[row], url="?a&of=")

    assert html == (
        '<tr><th scope="row"><a href="?a=1&amp;b=2">&lt;b&gt;Kingsport</a></th><td>North &amp; &lt;East&gt;</td>'
        '<td class="number"><span class="verdict verdict-lower"><a href="?a&amp;of=speed.location.code.mean">4.13</a>'
        '<span class="visually-hidden">lower than the others</span></span></td>'
        '<td class="number"><span class="muted">Too few answers</span></td>'
        '<td class="number"><a href="?a&amp;of=speed.location.code.mean">3.00</a></td>'
        '<td class="number">–</td><td class="number">1,204</td></tr>'
    )


def test_a_location_without_a_score_has_no_number_of_responses():
    row = RankedRow(place("Kingsport", Brief(ResultState.TOO_FEW)), "?", [])

    assert written("{% ranking_rows ranking %}", ranking=[row]).endswith('<td class="number">–</td></tr>')


def test_options_are_escaped():
    html = written("{% options choices %}", choices=[('"a', "<A> & b")])

    assert html == '<option value="&quot;a">&lt;A&gt; &amp; b</option>'


def test_numbers_of_a_row_with_a_path_are_links():
    columns = [Column("name", "Name"), Column("n", "Responses", Content.COUNT, opens="n")]

    html = written(
        "{% table_rows columns rows paths url %}",
        columns=columns,
        rows=[["A", "7"], ["B", "–"], ["C", "8"]],
        paths=["quality", "speed", ""],
        url="/number/?a=1&of=",
    )

    assert html == (
        '<tr><th scope="row">A</th><td class="number"><a href="/number/?a=1&amp;of=quality.n">7</a></td></tr>'
        '<tr><th scope="row">B</th><td class="number">–</td></tr>'
        '<tr><th scope="row">C</th><td class="number">8</td></tr>'
    )


def test_a_number_stays_on_one_line_with_its_percent_sign():
    assert (
        report_numbers.unbroken("12 % before, 45 % now")
        == "12\N{NO-BREAK SPACE}% before, 45\N{NO-BREAK SPACE}% now"
    )
