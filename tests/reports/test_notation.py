from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.utils import translation

from metrics.intervals import Interval
from reports import numerals
from reports.notation import Notation, notation

SIGNS = Notation(",", ".", "", "", "", "")


def test_each_language_has_a_notation_of_its_own():
    written = {}
    for language in ("en", "da", "en"):
        with translation.override(language):
            written[language] = notation().mean(4.125), notation().count(1204567)

    assert written == {"en": ("4.13", "1,204,567"), "da": ("4,13", "1.204.567")}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("10,918.00", "+1,204.50", "10,918")),
        ("fil", ("10,918.00", "+1,204.50", "10,918")),
        ("da", ("10.918,00", "+1.204,50", "10.918")),
        ("cs", ("10\xa0918,00", "+1\xa0204,50", "10\xa0918")),
        ("pl", ("10\xa0918,00", "+1\xa0204,50", "10\xa0918")),
    ],
)
def test_thousands_stand_apart_as_the_language_parts_them(language, expected):
    with translation.override(language):
        written = notation()

        assert (written.mean(10918), written.points(1204.5), written.count(10918)) == expected


def test_a_notation_is_looked_up_once(monkeypatch):
    notation()
    monkeypatch.setattr("reports.notation.get_format", None)

    assert notation().mean(4.125) == "4.13"


def test_a_notation_writes_what_single_numbers_look_like():
    written, interval = notation(), Interval(-0.125, 0.5)

    for name in ("span", "share_span", "points_span"):
        assert getattr(written, name)(interval) == getattr(numerals, name)(interval)
        assert getattr(written, name)(None) == ""
    for name in ("mean", "share", "percent", "points"):
        assert getattr(written, name)(0.575) == getattr(numerals, name)(0.575)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (SIGNS.count(999), "999"),
        (SIGNS.count(-1000), "-1.000"),
        (SIGNS.mean(0.0), "0,00"),
        (SIGNS.p_value(0.00005), "0,0001"),
        (SIGNS.mean(999.995), "1.000,00"),
        (SIGNS.points(-0.004), "0,00"),
    ],
)
def test_short_numbers_are_written_like_long_ones(written, expected):
    assert written == expected


@pytest.mark.parametrize(("write", "digits"), [(Notation.mean, 2), (Notation.p_value, 4)])
@pytest.mark.parametrize("nudge", [0, 1e-15, 1e-12, 4e-7, 3e-6, 0.2])
def test_numbers_near_the_middle_are_rounded_half_up(write, digits, nudge):
    written, middle = Notation(".", ",", "", "", "", ""), Decimal("7.5").scaleb(-digits)

    for value in (float(middle) - nudge, float(middle) + nudge, -float(middle) - nudge):
        expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        assert write(written, value) == str(expected)
