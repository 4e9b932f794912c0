"""Colours in the style sheets hold their contrast, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from tests.house import ours

CSS = ours.ROOT / "static" / "css"
TOKEN = re.compile(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in TOKEN.findall((CSS / "tokens.css").read_text())
}

GROUNDS = ["paper", "surface", "sunken", "raised", "hover"]
WORDS = ["ink", "ink-soft", "ink-faint", "good", "careful", "bad", "higher", "lower"]
TEXT = [
    *((word, ground) for word in WORDS for ground in GROUNDS[:3]),
    *((word, ground) for word in ["ink", "ink-soft", "ink-faint"] for ground in GROUNDS[3:]),
    *((f"on-rating-{value}", f"rating-{value}") for value in range(1, 6)),
    *((tone, f"{tone}-wash") for tone in ["good", "careful", "bad", "higher", "lower"]),
    *(("ink", f"{tone}-wash") for tone in ["good", "careful", "bad", "higher", "lower", "unclear", "accent"]),
    ("ink-faint", "unclear-wash"),
    ("accent-ink", "paper"),
]
MARKS = [
    *((mark, ground) for mark in ["rule-strong", "focus"] for ground in GROUNDS[:3]),
    *((dimension, "paper") for dimension in ["quality", "speed", "convenience", "knowledge", "overall"]),
]


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(pairs, theme, least):
    values = {pair: contrast(*(TOKENS[name][theme] for name in pair)) for pair in pairs}
    return {pair: round(value, 2) for pair, value in values.items() if value < least}


def test_contrast_is_counted_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_are_fit_to_read(theme):
    assert too_faint(TEXT, theme, 4.5) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_and_marks_can_be_seen(theme):
    assert too_faint(MARKS, theme, 3) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ratings_stand_out_more_the_further_from_the_middle(theme):
    distance = [contrast(TOKENS[f"rating-{value}"][theme], TOKENS["paper"][theme]) for value in range(1, 6)]

    assert distance[0] > distance[1] > distance[2] < distance[3] < distance[4]


def test_each_other_sheet_names_tokens_and_no_colour():
    own = {"tokens.css", "public.css", "styleguide-organisations.css"}
    plain = {"#fff", "#000"}
    found = {
        path.name: set(re.findall(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"url\([^)]*\)", "", path.read_text())))
        - plain
        for path in CSS.glob("*.css")
        if path.name not in own
    }

    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_token_that_is_used_exists():
    sheets = {path.name: path.read_text() for path in CSS.glob("*.css")}
    defined = {name for text in sheets.values() for name in re.findall(r"--([a-z0-9-]+)\s*:", text)}
    used = {name for text in sheets.values() for name in re.findall(r"var\(--([a-z0-9-]+)", text)}

    assert {name for name in used - defined if not name.startswith("bs-")} == set()


def test_both_shells_make_the_same_of_an_organisations_colour():
    recipe = re.compile(r"oklch\(from var\(--organisation-colour\)[^;]*?h\)")
    staff, public = (
        {re.sub(r"\s+", " ", found) for found in recipe.findall((CSS / name).read_text())}
        for name in ("tokens.css", "public.css")
    )

    assert staff == public
