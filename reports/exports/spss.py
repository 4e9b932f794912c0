"""Responses as an SPSS file (.sav): what each column is, what its values mean, and which of them are no answer.

What SPSS takes less of than was written ends in an ellipsis there and stands whole in the file's notes; of texts of
customers the notes say how many were cut. It needs pyreadstat, which takes a table as a whole.
"""

from __future__ import annotations

import csv
from array import array
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.enums import Channel, Stage
from organisation.text import CONTROL_CHARACTERS
from reports.exports.columns import ABOUT, SIGNS, explained
from surveys.enums import RATING_LABELS, Answer, Flag, Kind, Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from reports.exports.columns import Columns, QuestionColumn

# What SPSS takes, in bytes: of a name, of the label of a variable, of a value and of a file, of a line, of a text.
NAME, LABEL, VALUE_LABEL, FILE_LABEL, LINE, TEXT = 64, 255, 120, 64, 80, 32_767
# What all texts may take before they are packed: every row has room for the longest.
MOST_OF_TEXTS = 1 << 32
LEAST_OF_A_TEXT = 255
ELLIPSIS = "…"
EPOCH = datetime(1582, 10, 14)  # noqa: DTZ001 - SPSS counts seconds from here on, of whatever clock
# What is no rating: user-missing values, of which SPSS takes three. Not asked is its own missing value.
NOT_APPLICABLE, UNREADABLE, BLANK = 7.0, 8.0, 9.0
NUMBERS = {
    "": float("nan"),
    SIGNS[Answer.NOT_APPLICABLE]: NOT_APPLICABLE,
    SIGNS[Answer.UNREADABLE]: UNREADABLE,
    SIGNS[Answer.BLANK]: BLANK,
}
WIDEST = 40  # of the columns that a program shows
READ_AT_ONCE, MOST_KNOWN = 10_000, 20_000


@dataclass
class Variable:
    """A column on its way. `read` makes a value of what stands in the lines."""

    name: str
    label: str
    read: Callable[[str], Any]
    measure: str = "nominal"
    format: str = ""  # numbers have one
    meanings: dict[Any, str] = field(default_factory=dict)
    missing: list[Any] = field(default_factory=list)
    given: Any = None
    cut: int = 0  # how many texts

    def __post_init__(self) -> None:
        self.given = array("d") if self.format else []
        self.label = one_line(self.label)


def write_sav(rows: Path, target: Path, columns: Columns, *, name: str, n: int) -> None:
    """Of finished lines, `n` of them, that have keys for choices and no apostrophes."""
    from pandas import DataFrame, Series  # noqa: PLC0415 - only files pay
    from pyreadstat import write_sav as write  # noqa: PLC0415

    variables = variables_of(columns, n)
    _read(rows, variables)
    table = {one.name: Series(one.given, dtype=float if one.format else object) for one in variables}
    write(
        DataFrame(table),
        target,
        file_label=fitting(name, FILE_LABEL),
        column_labels=[fitting(one.label, LABEL) for one in variables],
        row_compress=True,
        note=list(_lines(notes(variables, columns))) or None,
        variable_value_labels={one.name: _labels(one) for one in variables if one.meanings},
        missing_ranges={one.name: one.missing for one in variables if one.missing},
        variable_display_width={one.name: _width(one) for one in variables},
        variable_measure={one.name: one.measure for one in variables},
        variable_format={one.name: one.format for one in variables if one.format},
    )


def variables_of(columns: Columns, n: int) -> list[Variable]:
    """In the order of the lines, named as their columns."""
    titles = {column: title for column, title, _values in explained(columns)}
    texts = sum(column.kind == Kind.TEXT for column in columns.others)
    room = min(TEXT, max(LEAST_OF_A_TEXT, MOST_OF_TEXTS // max(1, n * texts)))
    about = [_about(column, titles[column]) for column in ABOUT]
    return [*about, *(_question(column, room) for column in (*columns.ratings, *columns.others))]


def _about(name: str, title: str) -> Variable:
    """Of what is about the response itself."""
    match name:
        case "version":
            return Variable(name, title, float, "ordinal", "F8.0")
        case "day":
            return Variable(name, title, _seconds, "scale", "SDATE10")
        case "received_at":
            return Variable(name, f"{title} (UTC)", _seconds, "scale", "DATETIME20")
    meanings = {str(value): str(label) for value, label in WORDS.get(name, ())}
    return Variable(name, title, printable, meanings=meanings)


WORDS: dict[str, Sequence[tuple[str, Any]]] = {
    "channel": Channel.choices,
    "stage": Stage.choices,
    "mode": Mode.choices,
    "flags": [(flag.name.lower(), flag.label) for flag in Flag],
}
# Codes, and the column that says what they are called.
NAMED = {"location": "location_name", "touchpoint": "touchpoint_name"}


def _question(column: QuestionColumn, room: int) -> Variable:
    name, title = variable_name(column.name), column.title
    if column.kind == Kind.RATING:
        return _rating(column)
    if column.kind == Kind.TEXT:
        variable = Variable(name, title, printable)
        variable.read = partial(_text, variable, room)
        return variable
    unreadable = str(Answer.UNREADABLE.label)
    if column.option:
        chosen = {0.0: _("Not chosen"), 1.0: _("Chosen"), UNREADABLE: unreadable}
        return Variable(name, title, _number, "nominal", "F1.0", chosen, [UNREADABLE])
    sign = Answer.UNREADABLE.value
    return Variable(name, title, _choice, meanings={**dict(column.options), sign: unreadable}, missing=[sign])


def _rating(column: QuestionColumn) -> Variable:
    """Turned by whoever reads it where 1 is the best; that stands first in its label, where no cut reaches it."""
    meanings = {float(rating): str(label) for rating, label in sorted(RATING_LABELS.items())}
    meanings |= {
        NOT_APPLICABLE: str(Answer.NOT_APPLICABLE.label),
        UNREADABLE: str(Answer.UNREADABLE.label),
        BLANK: str(Answer.BLANK.label),
    }
    label = f"({_('1 is the best: turned in scores')}) {column.title}" if column.is_reversed else column.title
    missing = [NOT_APPLICABLE, UNREADABLE, BLANK]
    return Variable(variable_name(column.name), label, _number, "ordinal", "F1.0", meanings, missing)


def _number(text: str) -> float:
    number = NUMBERS.get(text)
    return float(text) if number is None else number


def _choice(text: str) -> str:
    return Answer.UNREADABLE.value if text == SIGNS[Answer.UNREADABLE] else printable(text)


def _seconds(text: str) -> float:
    if not text:
        return float("nan")
    return (datetime.fromisoformat(text).replace(tzinfo=None) - EPOCH).total_seconds()


def _text(variable: Variable, room: int, text: str) -> str:
    shown = printable(text)
    fitted = fitting(shown, room)
    variable.cut += fitted != shown
    return fitted


def _read(rows: Path, variables: Sequence[Variable]) -> None:
    """Into the variables. What is said again is kept once."""
    known: dict[str, str] = {}
    with rows.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        for some in batched(reader, READ_AT_ONCE, strict=False):
            if len(known) > MOST_KNOWN:
                known.clear()
            for variable, column in zip(variables, zip(*some, strict=True), strict=True):
                values = map(variable.read, column)
                variable.given.extend(
                    values if variable.format else [known.setdefault(one, one) for one in values]
                )
    by_name = {variable.name: variable for variable in variables}
    for code, name in NAMED.items():
        by_name[code].meanings = dict(zip(by_name[code].given, by_name[name].given, strict=True))


def notes(variables: Sequence[Variable], columns: Columns) -> Iterator[str]:
    """What was cut, and earlier wordings: whatever a label has no room for."""
    for variable in variables:
        if fitting(variable.label, LABEL) != variable.label:
            yield f"{variable.name}: {variable.label}"
        for value, words in variable.meanings.items():
            if len(one_line(words).encode()) > VALUE_LABEL:
                yield f"{variable.name}, {value}: {words}"
        if variable.cut:
            words = ngettext(
                "%(n)s text was too long for SPSS and ends in an ellipsis; a CSV has it whole.",
                "%(n)s texts were too long for SPSS and end in an ellipsis; a CSV has them whole.",
                variable.cut,
            )
            yield f"{variable.name}: {words % {'n': variable.cut}}"
    yield from _earlier_wordings(columns)


def _earlier_wordings(columns: Columns) -> Iterator[str]:
    """By version, where a question was worded otherwise than its label says."""
    latest = {item.key: item.text for version in columns.versions for item in version.items}
    for version in columns.versions:
        for item in version.items:
            if item.text != latest[item.key]:
                told = _("version %(number)s asked “%(wording)s”") % {
                    "number": version.number,
                    "wording": item.text,
                }
                yield f"{variable_name(f'q_{item.key}')}: {told}"


def variable_name(name: str) -> str:
    """As it is, or cut and made unlike any other by what it was: the same in every file."""
    if len(name) <= NAME:
        return name
    mark = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: NAME - len(mark) - 1]}_{mark}"


def printable(text: str) -> str:
    return CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    return " ".join(printable(text).split())


def fitting(text: str, most: int) -> str:
    """As much as so many bytes hold, whole characters; what was cut ends in an ellipsis."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - len(ELLIPSIS.encode())].decode(errors="ignore") + ELLIPSIS


def _labels(variable: Variable) -> dict[Any, str]:
    return {value: fitting(one_line(words), VALUE_LABEL) for value, words in variable.meanings.items()}


def _width(variable: Variable) -> int:
    return min(WIDEST, max(8, len(variable.name) + 1)) if variable.format else WIDEST // 2


def _lines(texts: Iterator[str]) -> Iterator[str]:
    """No line longer than SPSS takes, no character parted."""
    for text in texts:
        rest = one_line(text).encode()
        while rest:
            line = rest[:LINE].decode(errors="ignore")
            yield line
            rest = rest[len(line.encode()) :]
