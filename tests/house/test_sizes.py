"""Sizes to feel at home in. A number over a limit says that something wants a name of its own."""

import ast
import re
from statistics import median

import pytest

from tests.house import ours

LONGEST_FILE = 400
USUAL_FUNCTION = 25
USUAL_SHARE = 0.9
USUAL_MEDIAN = 9
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "manager", "handler", "misc", "base"}
# Written apart, so that this file does not find itself.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")))
SHIPPED = {".py", ".html", ".css", ".js", ".toml", ".md", ".txt", ".yml"}


def length(node):
    """Lines from `def` to the last, without the docstring, which may say as much as it needs."""
    first, *rest = node.body
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and rest
    told = first.end_lineno - first.lineno + 1 if is_docstring else 0
    return node.end_lineno - node.lineno + 1 - told


def lengths(paths):
    return {
        f"{ours.short(path)}: {name}": length(node) for path in paths for name, node in ours.functions(path)
    }


def layer(name):
    """The modules of one layer in every room: `views.py` and what lies in `views/`."""
    return [path for path in ours.modules() if name in {path.stem, path.parent.name}]


def test_files_are_short():
    lines = {
        ours.short(path): len(path.read_text().splitlines())
        for path in [*ours.modules(), *ours.modules("tests")]
    }

    over = {name: count for name, count in lines.items() if count > LONGEST_FILE}

    assert over == {}, f"At most {LONGEST_FILE} lines: part it by what it is about"


def test_functions_are_short():
    found = lengths(ours.modules())
    long = {name: lines for name, lines in found.items() if lines >= USUAL_FUNCTION}

    assert len(long) <= (1 - USUAL_SHARE) * len(found), f"More than one in ten is long: {long}"
    assert median(found.values()) <= USUAL_MEDIAN


@pytest.mark.parametrize(
    ("kind", "limit", "paths"),
    [
        ("views", 20, layer("views")),
        ("tasks", 12, layer("tasks")),
        ("reports", 30, ours.modules("reports")),
    ],
    ids=["views", "tasks", "reports"],
)
def test_layer_stays_within_its_limit(kind, limit, paths):
    over = {name: lines for name, lines in lengths(paths).items() if lines > limit}

    assert over == {}, f"{kind} have at most {limit} lines a function: give a part of it a name"


def test_modules_are_named_for_what_they_do():
    names = {ours.short(path): path.stem for path in ours.modules() if path.stem in FORBIDDEN_NAMES}

    assert names == {}


def test_nothing_is_left_for_later():
    kept = [path for path in shipped() if path.suffix in SHIPPED]

    left = {
        f"{ours.short(path)}:{number}": line.strip()
        for path in kept
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if UNFINISHED.search(line)
    }

    assert left == {}


def shipped():
    """Files of the product: not hidden, not what a run leaves behind, not somebody else's."""
    for folder, folders, files in ours.ROOT.walk():
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and name not in {"var", "vendor", "node_modules"}
        ]
        yield from (folder / name for name in files)


def test_length_counts_what_a_reader_reads():
    function = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').body[0]

    assert length(function) == 2
