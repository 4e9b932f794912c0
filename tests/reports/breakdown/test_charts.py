import re
from itertools import pairwise

import pytest

from metrics.comparison import Change, Verdict
from metrics.intervals import Interval
from reports.breakdown.address import BreakdownFilters
from reports.breakdown.charts import BREAKDOWN_CHARTS, ONE_WAY, TWO_WAYS, charts_of
from reports.breakdown.charts.dots import MOST, drawn
from reports.breakdown.charts.heat import mixed
from reports.breakdown.charts.multiples import panels, shared_window
from reports.breakdown.colours import SHARES, STEPS, step_of
from reports.breakdown.enums import Way
from reports.breakdown.findings import breakdown_findings, breakdown_note, withheld_note
from reports.breakdown.results import Breakdown, CellResult, Head, RowResult
from reports.breakdown.tables import breakdown_table
from reports.charts import WIDTHS, draw_chart, size_of
from reports.charts.palette import DARK, LIGHT, PALETTES
from reports.enums import ResultState
from reports.frames import frame_of
from reports.results import Empty, Withheld
from tests.reports.pictures import TOLERANCE, contrast, difference, dots, lightness, reference
from tests.reports.samples import FILTERS, full_report, score
from tests.reports.test_pictures import LOOKS

LOWER = Change(-0.5, Interval(-0.7, -0.3), 0.001, Verdict.LOWER)
HIGHER = Change(0.5, Interval(0.3, 0.7), 0.001, Verdict.HIGHER)
SAME = Change(0.0, Interval(-0.1, 0.1), 0.9, Verdict.NO_EVIDENCE)
NAMES = ("Harbour", "Station & <b>Sons</b>", "$x^2$ _{Mill}_")


def made(rows, columns=(), **changes):
    """A breakdown of rows by name, each with its cells."""
    filters = BreakdownFilters(survey="service", period=FILTERS.period)
    two = {
        "columns_way": Way.TOUCHPOINT,
        "columns": tuple(Head(name, name, score(4, 4, 4, 4, 5)) for name in columns),
    }
    return Breakdown(
        state=ResultState.COMPUTED,
        filters=filters,
        survey_name="Service",
        minimum=5,
        dimension="speed",
        total=score(5, 4, 4, 3, 3, 2, 1),
        rows=tuple(RowResult(Head(name, name, cells[0].score), tuple(cells)) for name, cells in rows.items()),
        **(two if columns else {}),
        **changes,
    )


def one_way(names=NAMES):
    changes = [HIGHER, SAME, LOWER]
    rows = {
        name: [CellResult(score(5, 4, 4, 3, at % 5 + 1), changes[at % 3])] for at, name in enumerate(names)
    }
    return made({**rows, "Few": [CellResult(Withheld(5))], "None": [CellResult(Empty())]})


def two_ways(rows=3, columns=4):
    cells = [
        CellResult(score(5, 4, 4, 3, 3), LOWER),
        CellResult(score(5, 5, 4, 4, 4), SAME),
        CellResult(Withheld(5)),
        CellResult(score(1, 2, 2, 2, 2), HIGHER),
    ]
    return made(
        {f"Row {row}": [cells[(row + column) % 4] for column in range(columns)] for row in range(rows)},
        [f"Column {column}" for column in range(columns)],
    )


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())


SAMPLES = {**dict.fromkeys(ONE_WAY, one_way), **dict.fromkeys(TWO_WAYS, two_ways)}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", BREAKDOWN_CHARTS)
def test_it_looks_as_it_was_found_good(name, look):
    theme, size = LOOKS[look]
    chart = BREAKDOWN_CHARTS[name]
    png = draw_chart(chart, SAMPLES[name](), "png", theme=theme, size=size, titled=look == "print")

    assert difference(dots(png), reference(f"breakdown-{name}-{look}", png)) <= TOLERANCE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_steps_of_a_heat_map_differ_in_grey_and_what_is_written_on_them_can_be_read(palette):
    steps = [mixed(palette.heat, palette.paper, share) for share in SHARES.values()]

    assert min(abs(lightness(one) - lightness(other)) for one, other in pairwise(steps)) >= 3.5
    assert min(contrast(palette.ink, step) for step in steps) >= 4.5


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("name", BREAKDOWN_CHARTS)
def test_every_picture_is_drawn_alike_each_time_in_every_size(name, size):
    chart, breakdown = BREAKDOWN_CHARTS[name], SAMPLES[name]()

    first, again = (draw_chart(chart, breakdown, "svg", size=size) for _time in range(2))

    assert first == again
    width, height = size_of(chart, breakdown, size)
    assert (width, height >= 24) == (WIDTHS[size], True)


@pytest.mark.parametrize("name", BREAKDOWN_CHARTS)
def test_pictures_leave_the_page_with_a_title_by_night_too(name):
    png = draw_chart(BREAKDOWN_CHARTS[name], SAMPLES[name](), "png", theme="dark", titled=True)

    assert png.startswith(b"\x89PNG")


def test_dots_name_every_line_with_a_score_and_say_who_stands_out():
    said = texts(draw_chart(ONE_WAY["dots"], one_way(), "svg"))

    assert [name for name in said if name in {"Harbour", "Few", "None"}] == ["Harbour"]
    assert {"Higher", "Lower", "n 5"} <= set(said)
    assert "$x^2$ _{Mill}_" in said


def test_of_many_lines_the_best_and_the_worst_are_drawn():
    rows = drawn(one_way([f"Place {at}" for at in range(60)]))

    assert (len(rows), rows[MOST // 2]) == (MOST + 1, None)
    assert rows[-1].head.name == "Place 59"


def test_a_heat_map_writes_mean_and_n_in_every_cell_and_says_what_it_leaves_out():
    said = texts(draw_chart(TWO_WAYS["heat"], two_ways(columns=30), "svg"))

    assert {"3.80", "4.40", "1.80", "n 5"} <= set(said)
    assert any("16 more columns" in one for one in said)
    assert any("Too few" in one for one in said)


def test_panels_share_one_scale():
    breakdown = two_ways()

    low, high = shared_window(panels(breakdown))

    assert (low, high) == (1.0, 5.0)
    said = texts(draw_chart(TWO_WAYS["multiples"], breakdown, "svg"))
    assert said.count("1.00") == said.count("5.00") == 3


def test_one_way_is_listed_and_two_are_mapped():
    assert [chart.name for chart in charts_of(one_way())] == ["dots"]
    assert [chart.name for chart in charts_of(two_ways())] == ["heat", "multiples"]


def test_a_reports_result_is_no_breakdown():
    with pytest.raises(TypeError):
        ONE_WAY["dots"].table(full_report())


def test_the_worse_the_darker():
    assert [step_of(mean) for mean in (1.0, 2.49, 2.5, 3.99, 4.5, 5.0)] == [1, 1, 2, 4, 6, 6]
    assert list(SHARES) == list(range(1, len(STEPS) + 2))
    assert list(SHARES.values()) == sorted(SHARES.values(), reverse=True)
    for palette in (LIGHT, DARK):
        assert mixed(palette.lower, palette.paper, 0.0) == palette.paper
        assert mixed(palette.lower, palette.paper, 1.0) == palette.lower


def test_a_file_has_a_line_for_each_cell():
    frame = frame_of(breakdown_table(two_ways(rows=2, columns=2)))

    assert list(frame["state"]) == ["computed", "computed", "computed", "too_few"]
    assert list(frame["row"]) == ["Row 0", "Row 0", "Row 1", "Row 1"]
    assert list(frame["column"]) == ["Column 0", "Column 1"] * 2
    assert list(frame["verdict"])[:2] == ["lower", "no_evidence"]


def test_findings_name_the_lowest_then_the_highest():
    low, high = breakdown_findings(two_ways(rows=2, columns=4))

    assert low.startswith("Speed: Row 0 × Column 0")
    assert low.endswith("below the others")
    assert high.endswith("above the others")
    assert breakdown_findings(made({"A": [CellResult(score(4, 4, 4, 4, 4), SAME)]})) == [
        "Speed: nothing clearly differs from the others"
    ]
    assert breakdown_findings(made({"A": [CellResult(Withheld(5))]})) == ["There is nothing to compare"]
    assert breakdown_findings(made({"A": [CellResult(score(4, 4, 4, 4, 4))]})) == ["Speed"]


def test_the_widest_row_is_the_title_of_the_panels():
    chart = TWO_WAYS["multiples"]

    assert chart.finding(two_ways()) == "Furthest apart: Row 0, from 1.80 to 4.40"
    assert chart.finding(two_ways(columns=1)) == TWO_WAYS["heat"].finding(two_ways(columns=1))


def test_what_is_compared_is_said_with_how_often():
    assert breakdown_note(one_way()).startswith(
        "Each is compared with all other answers of this breakdown. 3 comparisons at once"
    )
    assert breakdown_note(made({"A": [CellResult(score(4, 4, 4, 4, 4))]})) == ""


def test_where_something_is_withheld_the_page_says_why():
    assert withheld_note(two_ways()).startswith("“Too few answers”: fewer than 5")
    assert withheld_note(made({"A": [CellResult(score(4, 4, 4, 4, 4))]})) == ""
