from itertools import pairwise

import numpy as np
import pytest

from reports.breakdown.charts import BREAKDOWN_CHARTS
from reports.charts import CHARTS, draw_chart
from reports.charts.palette import PALETTES
from reports.why.charts import WHY_CHARTS
from tests.reports.pictures import FOLDER, TOLERANCE, contrast, difference, dots, lightness, reference
from tests.reports.samples import full_report

LOOKS = {"light": ("light", ""), "dark-narrow": ("dark", "narrow"), "print": ("print", "print")}
palettes = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CHARTS)
def test_chart_looks_as_it_was_found_good(name, look):
    theme, size = LOOKS[look]
    png = draw_chart(CHARTS[name], full_report(), "png", theme=theme, size=size, titled=look == "print")

    assert difference(dots(png), reference(f"{name}-{look}", png)) <= TOLERANCE


def test_every_picture_is_of_a_chart():
    names = [
        *CHARTS,
        *(f"breakdown-{name}" for name in BREAKDOWN_CHARTS),
        *(f"why-{name}" for name in WHY_CHARTS),
    ]

    assert {path.stem for path in FOLDER.glob("*.png")} == {
        f"{name}-{look}" for name in names for look in LOOKS
    }


def test_a_label_that_moved_is_noticed():
    png = dots(draw_chart(CHARTS["means"], full_report(), "png"))
    moved = png.copy()
    moved[:, :200] = np.roll(png[:, :200], 6, axis=0)

    assert difference(png, moved) > TOLERANCE


@palettes
def test_neighbouring_ratings_differ_in_grey(palette):
    steps = [abs(lightness(one) - lightness(other)) for one, other in pairwise(palette.ratings)]

    assert min(steps) >= 12


@palettes
def test_numbers_on_ratings_and_words_on_paper_can_be_read(palette):
    pairs = [
        *zip(palette.on_ratings, palette.ratings, strict=True),
        *((ink, palette.paper) for ink in (palette.ink, palette.ink_soft, palette.ink_faint)),
        (palette.ink_soft, palette.band),
    ]

    assert min(contrast(one, other) for one, other in pairs) >= 4.5


@palettes
def test_what_is_drawn_stands_out_from_the_paper_in_grey(palette):
    drawn = [palette.quality, palette.speed, palette.convenience, palette.knowledge, palette.overall]

    assert min(contrast(colour, palette.paper) for colour in [*drawn, palette.higher, palette.lower]) >= 3
