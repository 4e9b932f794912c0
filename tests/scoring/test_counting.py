from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.dimensions import response_score
from metrics.ratings import turned
from scoring import counting
from scoring.counting import NO_CELLS, added, count
from scoring.rows import DIMENSIONS, MODES, WIDTH, Item, Plan, Row

DAY = date(2026, 3, 2)
SIGNS = "12345x-?."
steady = settings(derandomize=True, deadline=None, max_examples=150)

items = st.lists(
    st.tuples(st.sampled_from(DIMENSIONS), st.integers(1, 10), st.booleans()), min_size=1, max_size=20
).map(
    lambda listed: tuple(Item(position, 100 + position, *counted) for position, counted in enumerate(listed))
)
responses = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.sampled_from(["link", "paper"]),
        st.integers(0, 1).map(lambda later: date.fromordinal(DAY.toordinal() + later)),
        st.text(SIGNS, min_size=20, max_size=20),
    ),
    max_size=30,
)


def row(ratings, *, version=1, location=1, mode="link", day=DAY):
    return Row(version, location, 1, mode, day, ratings.ljust(WIDTH, "."))


def plan(*dimensions, survey=9, weights=None, reverse=()):
    return Plan(
        survey,
        tuple(
            Item(at, 100 + at, dimension, weights[at] if weights else 1, at in reverse)
            for at, dimension in enumerate(dimensions)
        ),
    )


def as_dict(table):
    return {tuple(key): tuple(counts) for key, counts in zip(*map(np.ndarray.tolist, table), strict=True)}


def test_count_fills_the_columns_of_a_measure():
    place = (DAY.toordinal(), 1, 1, MODES.index("link"), 1)

    cells = count([row(sign) for sign in "1223334444555xx-?."], {1: plan("speed")})

    assert as_dict(cells.measures) == {(100, *place): (1, 2, 3, 4, 3, 2, 1, 1)}


def test_count_turns_reversed_items():
    cells = count([row("1"), row("2"), row("x")], {1: plan("speed", reverse={0})})

    assert cells.measures.counts.tolist() == [[0, 0, 0, 1, 1, 1, 0, 0]]
    # 5 and 4: both satisfied
    assert cells.dimensions.counts.tolist() == [[2, 9_000_000, 41_000_000_000, 2_000_000, 2_000_000_000]]


# (3 * 5 + 1 * 2) / 4 = 4.25 of weight 4, of which 3 satisfied: 4.25^2 = 18.0625, 0.75^2 = 0.5625
def test_count_weighs_the_ratings_of_a_response():
    cells = count([row("52")], {1: plan("speed", "speed", weights=[3, 1])})

    assert cells.dimensions.counts.tolist() == [[1, 4_250_000, 18_062_500_000, 750_000, 562_500_000]]


def test_count_leaves_out_responses_without_a_rating_in_the_dimension():
    cells = count([row("x5"), row("-?")], {1: plan("speed", "quality")})

    assert [(DIMENSIONS[key[1]], counts[0]) for key, counts in as_dict(cells.dimensions).items()] == [
        ("quality", 1)
    ]


def test_count_leaves_out_versions_without_a_plan():
    cells = count([row("5", version=2)], {1: plan("speed")})

    assert as_dict(cells.measures) == {}


def test_count_sorts_cells_by_key():
    rows = [row("55", location=location, mode=mode) for location in (3, 1) for mode in ("phone", "kiosk")]

    cells = count(rows, {1: plan("speed", "quality")})

    assert cells.measures.keys.tolist() == sorted(cells.measures.keys.tolist())
    assert cells.dimensions.keys.tolist() == sorted(cells.dimensions.keys.tolist())


@given(responses, st.randoms(use_true_random=False))
@steady
def test_count_is_the_same_however_the_database_joins_rows(listed, random):
    plans = {1: plan("speed", "quality", "overall", weights=[1, 2, 3], reverse={1})}
    single = [row(ratings, location=at, mode=mode, day=day) for at, mode, day, ratings in listed]
    joined = {}
    for one in single:
        joined[one[:-1]] = joined.get(one[:-1], "") + one.ratings
    shuffled = random.sample(single, len(single))

    cells = count(single, plans)

    for other in (shuffled, [Row(*place, ratings) for place, ratings in joined.items()]):
        again = count(other, plans)
        assert as_dict(again.measures) == as_dict(cells.measures)
        assert as_dict(again.dimensions) == as_dict(cells.dimensions)


@given(items, responses)
@steady
def test_count_of_dimensions_equals_metrics(items, listed):
    expected = {}
    for location, mode, day, ratings in listed:
        place = (day.toordinal(), location, 1, MODES.index(mode), 1)
        for dimension in DIMENSIONS:
            counted = [
                (turned(int(sign)) if item.is_reversed else int(sign), item.weight)
                for item in items
                if item.dimension == dimension and (sign := ratings[item.position]) in "12345"
            ]
            score = response_score([one for one, _ in counted], [weight for _, weight in counted])
            if score:
                key = (9, DIMENSIONS.index(dimension), *place)
                new = (1, score.mean, score.mean_square, score.share, score.share_square)
                expected[key] = tuple(a + b for a, b in zip(expected.get(key, (0,) * 5), new, strict=True))

    cells = count(
        [row(ratings, location=at, mode=mode, day=day) for at, mode, day, ratings in listed],
        {1: Plan(9, items)},
    )

    assert as_dict(cells.dimensions) == expected


@pytest.mark.parametrize("piece", [1, 2, 3, 7])
def test_count_is_the_same_in_pieces(monkeypatch, piece):
    plans = {1: plan("speed", "quality"), 2: plan("overall", survey=8)}
    rows = [row("12" * 10), *[row("45", version=1 + at % 2, location=at % 3) for at in range(11)]]
    rows.append(row("x3")._replace(ratings="53".ljust(WIDTH, ".") * 5))
    whole = count(rows, plans)

    monkeypatch.setattr(counting, "PIECE", piece)
    parts = count(rows, plans)

    assert as_dict(parts.measures) == as_dict(whole.measures)
    assert as_dict(parts.dimensions) == as_dict(whole.dimensions)
    assert whole.dimensions.counts[:, 0].sum() == 2 * (1 + 6 + 5) + 5


def test_pieces_stay_within_their_size(monkeypatch):
    monkeypatch.setattr(counting, "PIECE", 3)
    rows = [row("5", location=at) for at in range(4)] + [row("5")._replace(ratings="5" * WIDTH * 7)]

    pieces = [
        sum(len(text) // WIDTH for parts in texts.values() for text in parts)
        for _version, texts in counting._pieces(rows)
    ]

    assert pieces == [3, 3, 3, 2]


def test_added_drops_what_comes_to_nothing():
    plans = {1: plan("speed")}
    some, more = count([row("5"), row("4", location=2)], plans), count([row("5")], plans)

    difference = added([some, more.negative()])

    assert difference.measures.keys[:, 2].tolist() == [2]
    assert difference.dimensions.counts.tolist() == [[1, 4_000_000, 16_000_000_000, 1_000_000, 1_000_000_000]]


def test_added_of_nothing_is_empty():
    cells = added([])

    assert SimpleNamespace(measures=cells.measures.keys.shape, dimensions=cells.dimensions.counts.shape) == (
        SimpleNamespace(measures=(0, 6), dimensions=(0, 5))
    )
    assert NO_CELLS.measures.counts.shape == (0, 8)
