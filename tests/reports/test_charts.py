import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from matplotlib import font_manager

from metrics.control import Controlled, Signal
from metrics.intervals import Interval
from metrics.ratings import Distribution
from reports.charts import CHARTS, WIDTHS, draw_chart, size_of
from reports.charts.canvas import FAMILY, Canvas, fitted, wrapped
from reports.charts.distribution import Bar, Spread
from reports.charts.locations import MOST, drawn
from reports.charts.palette import DARK, LIGHT
from reports.charts.scale import Scale
from reports.charts.trend import Panel, shared_window
from reports.results import ChangeMark, Withheld
from tests.reports.samples import empty_report, full_report, locations, score

names = pytest.mark.parametrize("name", CHARTS)


def texts(svg):
    return [unescape(words) for words in re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())]


@names
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_same_report_same_bytes(name, kind):
    first, again = (draw_chart(CHARTS[name], full_report(), kind, titled=True) for _time in range(2))

    assert first == again


DRAWS_EVERYTHING = """
import django, sys
django.setup()
from hashlib import sha256
from reports.charts import CHARTS, draw_chart
print("matplotlib" in sys.modules)
from tests.reports.samples import full_report
for chart in CHARTS.values():
    print(sha256(draw_chart(chart, full_report(), "svg")).hexdigest())
print("matplotlib.pyplot" in sys.modules)
"""


@pytest.mark.processes
def test_every_process_draws_the_same_and_none_keeps_figures():
    drawing = [
        subprocess.Popen(
            [sys.executable, "-c", DRAWS_EVERYTHING],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            env={
                "DJANGO_SETTINGS_MODULE": "feedback_site.settings",
                "PYTHONHASHSEED": seed,
                "DEBUG": "1",
                "DATA_DIR": str(settings.DATA_DIR),
            },
        )
        for seed in ("1", "2")
    ]

    first, second = (process.communicate()[0].split() for process in drawing)

    assert first == second
    assert len(set(first)) == len(CHARTS) + 1
    assert (first[0], first[-1]) == ("False", "False")  # loaded only to draw; and never pyplot


@names
@pytest.mark.parametrize("size", WIDTHS)
def test_picture_is_as_large_as_the_page_was_told(name, size):
    width, height = size_of(CHARTS[name], full_report(), size)

    svg = draw_chart(CHARTS[name], full_report(), "svg", size=size).decode()

    assert f'viewBox="0 0 {width} {height}"' in svg


@names
def test_picture_by_night_differs_in_colour_only(name):
    light, dark = (draw_chart(CHARTS[name], full_report(), "svg", theme=theme) for theme in ("light", "dark"))

    assert texts(light) == texts(dark)
    assert LIGHT.paper in light.decode()
    assert DARK.paper in dark.decode()


@names
def test_picture_names_no_other_host_and_no_date(name):
    svg = draw_chart(CHARTS[name], full_report(), "svg").decode()

    assert set(re.findall(r'href="([^#"]+)"', svg)) == set()
    assert "dc:date" not in svg
    assert "url(http" not in svg


@names
def test_nothing_to_show_is_still_a_picture(name):
    assert draw_chart(CHARTS[name], empty_report(), "svg").startswith(b"<?xml")


def test_title_states_the_finding_where_no_page_is_around():
    chart = CHARTS["means"]
    first_words = chart.finding(full_report())[:20]

    assert first_words in "".join(texts(draw_chart(chart, full_report(), "svg", titled=True)))
    assert first_words not in "".join(texts(draw_chart(chart, full_report(), "svg")))


def test_names_are_words_whatever_they_look_like():
    svg = draw_chart(CHARTS["locations"], full_report(), "svg")

    assert {"Station & <b>Sons</b>", "$x^2$ _{Mill}_"} <= set(texts(svg))


@pytest.mark.parametrize("name", ["means", "distribution", "locations", "questions"])
def test_direction_is_written_on_the_scale(name):
    written = " ".join(texts(draw_chart(CHARTS[name], full_report(), "svg")))

    assert "Very poor" in written
    assert "Excellent" in written


def test_means_explain_the_ring_where_there_is_one():
    alone = [replace(one, previous=Withheld(5)) for one in full_report().dimensions]
    keys = [
        [text for text in texts(draw_chart(CHARTS["means"], report, "svg")) if text.startswith("Bar:")]
        for report in (full_report(), full_report(dimensions=tuple(alone)))
    ]

    assert keys == [["Bar: 95 % interval. Ring: the days compared with."], ["Bar: 95 % interval."]]


def test_trend_says_which_window_of_the_scale_it_shows():
    written = texts(draw_chart(CHARTS["trend"], full_report(), "svg"))

    assert written[0] == "From 2.00 to 5.00 of a scale from 1 Very poor to 5 Excellent"


def test_trend_numbers_its_marks_and_says_below_what_they_are_where_no_page_is_around():
    chart, report = CHARTS["trend"], full_report()

    alone, on_page = (texts(draw_chart(chart, report, "svg", titled=titled)) for titled in (True, False))

    assert [on_page.count(number) for number in "123"] == [2, 2, 2]  # in each panel
    assert [words for words in alone if words not in on_page][:3] == chart.lines(report)
    assert chart.lines(report)[0] == "1  13 Mar 2026: Two more <tills> (North)"


def test_marks_too_near_stand_beside_each_other():
    change = ChangeMark(date(2026, 3, 16), "Tills", (), begins_phase=True)
    marks = tuple(replace(change, number=number) for number in range(1, 5))

    svg = draw_chart(CHARTS["trend"], full_report(marks=marks), "svg", size="narrow")

    places = [
        float(x)
        for x, words in re.findall(r'<text[^>]*? x="([0-9.]+)"[^>]*>([^<]*)</text>', svg.decode())
        if words in {"1", "2", "3", "4"}
    ]
    gaps = [later - earlier for earlier, later in pairwise(places) if later > earlier]
    assert len(gaps) == 6
    assert min(gaps) >= 18


def test_trend_marks_what_stands_out_by_shape():
    plain, marked, shapes = full_report(), full_report(), {}
    usual = Interval(3.5, 4.5)
    for signal in (None, *Signal):
        trend = tuple(
            replace(bucket, control=Controlled(4.0, usual, signal)) for bucket in plain.dimensions[0].trend
        )
        marked = replace(marked, dimensions=(replace(plain.dimensions[0], trend=trend),))
        shapes[signal] = draw_chart(CHARTS["trend"], marked, "svg")

    assert len(set(shapes.values())) == len(shapes), "each signal looks different"


def test_window_spans_a_point_at_least_and_stays_on_the_scale():
    assert shared_window(full_report()) == (2.0, 5.0)
    assert shared_window(empty_report()) == (1, 5)


def test_panel_places_scores_between_bottom_and_top():
    panel = Panel(top=0, left=0, right=100, points=4, window=(3.0, 4.0))

    assert panel.y(3.0) == panel.bottom
    assert panel.bottom - panel.y(3.5) == panel.y(3.5) - panel.y(4.0)
    assert [panel.x(at) for at in range(4)] == [12.5, 37.5, 62.5, 87.5]


def test_scale_reaches_from_one_to_five():
    scale = Scale(100, 500)

    assert [scale.at(value) for value in (1, 3, 4.5, 5)] == [100, 300, 450, 500]


def test_bars_part_in_the_middle_of_the_threes():
    bar = Bar("Speed", Distribution(1, 2, 4, 2, 1), "10 ratings")

    assert bar.left == pytest.approx(0.5)
    assert Spread.of([bar], 0, 100) == Spread(pytest.approx(50), pytest.approx(100))
    assert Spread.of([], 0, 100) == Spread(50, 100)


def test_of_many_locations_the_best_and_the_worst_are_drawn():
    many = locations([f"Place {number}" for number in range(MOST + 9)])
    leading = full_report().computed[0]
    report = full_report(
        dimensions=(type(leading)("overall", score(5, 4), leading.previous, leading.change, locations=many),)
    )

    rows = drawn(report)

    assert len(rows) == MOST + 1
    assert (rows[0].name, rows[MOST // 2], rows[-1].name) == ("Place 0", None, f"Place {MOST + 8}")


def test_words_too_long_for_their_place_are_cut_off():
    assert fitted("Short", 200) == "Short"
    assert fitted("A name that goes on and on", 80, 12) == "A name tha…"


def test_long_titles_take_two_lines_and_end_with_an_ellipsis():
    assert wrapped("Short", 200) == ["Short"]
    assert wrapped("A name that goes on and on", 80, 12, most=2) == ["A name that", "goes on an…"]
    assert wrapped("", 80) == [""]


def test_pictures_are_drawn_in_the_pages_own_letters():
    assert b"DejaVu Sans'" not in draw_chart(CHARTS["means"], full_report(), "svg")
    family = font_manager.findfont(font_manager.FontProperties(family=FAMILY, weight="bold"))

    assert Path(family).name == "Inter-SemiBold.ttf"


def test_colours_are_those_of_the_page():
    tokens = Path(settings.BASE_DIR / "static/css/tokens.css").read_text()
    pairs = dict(re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", tokens))

    for name in ("paper", "ink", "ink_soft", "ink_faint", "rule", "rule_strong", "higher", "lower"):
        assert pairs[name.replace("_", "-")] == f"{getattr(LIGHT, name)}, {getattr(DARK, name)}"
    for name in ("quality", "speed", "convenience", "knowledge", "overall"):
        assert pairs[name] == f"{LIGHT.dimension(name)}, {DARK.dimension(name)}"
    for rating in range(5):
        assert pairs[f"rating-{rating + 1}"] == f"{LIGHT.ratings[rating]}, {DARK.ratings[rating]}"
        assert pairs[f"on-rating-{rating + 1}"] == f"{LIGHT.on_ratings[rating]}, {DARK.on_ratings[rating]}"


def test_canvas_draws_downwards_from_the_top_left():
    canvas = Canvas(100, 50, LIGHT)
    canvas.marks([], LIGHT.ink)
    canvas.rect((0, 0), 10, 10, LIGHT.ink)

    assert canvas.axes.get_ylim() == (50, 0)
    assert canvas.saved("svg").count(b"<path") == 2  # the paper and the one square
