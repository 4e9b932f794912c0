import re

import pytest

from reports.charts import WIDTHS, draw_chart, size_of
from reports.why.charts import WHY_CHARTS, sides_of
from reports.why.words import WordsResult
from tests.reports.pictures import TOLERANCE, difference, dots, reference
from tests.reports.test_pictures import LOOKS
from tests.reports.why.samples import WORDS, why

NOTHING = why(moving=None, words=WordsResult(0, 0, 8))


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", WHY_CHARTS)
def test_it_looks_as_it_was_found_good(name, look):
    theme, size = LOOKS[look]
    png = draw_chart(WHY_CHARTS[name], why(), "png", theme=theme, size=size, titled=look == "print")

    assert difference(dots(png), reference(f"why-{name}-{look}", png)) <= TOLERANCE


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("name", WHY_CHARTS)
def test_it_is_drawn_alike_each_time_in_every_size(name, size):
    first, second = (draw_chart(WHY_CHARTS[name], why(), "svg", size=size) for _time in range(2))

    assert first == second


@pytest.mark.parametrize("name", WHY_CHARTS)
def test_nothing_is_a_picture_of_nothing(name):
    assert texts(draw_chart(WHY_CHARTS[name], NOTHING, "svg")) == [
        *(["−1", "0", "1"] if name == "moving" else []),
    ]


def test_a_question_without_a_number_is_not_drawn():
    drawn = texts(draw_chart(WHY_CHARTS["moving"], why(), "svg"))

    assert "Asked of a few" not in drawn
    assert {"How long?", "+0.50", "Moves with overall", "Not told from chance", "n 40"} <= set(drawn)


def test_a_few_on_the_other_side_are_not_counted_out():
    low, high = sides_of(WORDS)

    assert [(bar.word, bar.mine, bar.others) for bar in low.bars] == [
        ("queue", 0.5, None),
        ("slow", 0.3, 0.0),
    ]
    assert [(bar.word, bar.mine, bar.others) for bar in high.bars] == [("kind", 0.75, 0.25)]
    assert "beside the others: few" in texts(draw_chart(WHY_CHARTS["words"], why(), "svg"))


def test_a_picture_is_as_high_as_it_has_rows():
    heights = [size_of(WHY_CHARTS[name], why(), "wide")[1] for name in ("moving", "words")]

    assert heights == [34 + 3 * (16 + 26) + 10, 2 * 30 + 3 * 26 + 10]
