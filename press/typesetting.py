"""Typst, kept apart: data goes in as JSON and is never markup; nothing but our own typefaces is looked for."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typst import Compiler, Fonts

HERE = Path(__file__).parent
# Templates lie with what they print, and share what is in this room: all are named from the root of the code.
ROOT = HERE.parent
# How a template says by an assertion that it cannot set what it was given.
REFUSED = "refused"


class Refused(Exception):
    """The template asserts that what it was given has no place in it."""


def pdf(template: str, **inputs: Any) -> bytes:
    """A tagged PDF (PDF/UA-1). The same inputs give the same bytes: there is no date in it. Raises Refused."""
    from typst import TypstError  # noqa: PLC0415 (only who prints pays for it)

    try:
        return _one(_compiler(template, _as_json(inputs)).compile(format="pdf", pdf_standards=["ua-1"]))
    except TypstError as error:
        if REFUSED in error.message:
            raise Refused from error
        raise


def png(template: str, *, ppi: int, **inputs: Any) -> bytes:
    """A picture of a document of one page."""
    return _one(_compiler(template, _as_json(inputs)).compile(format="png", ppi=ppi))


def measured(template: str, **inputs: Any) -> Any:
    """What a template says of its layout: the value that it labels <measured>. Kept, for pages ask it again and again."""
    return json.loads(_measured(template, **_as_json(inputs)))


@lru_cache(maxsize=32)
def _measured(template: str, **inputs: str) -> str:
    return _compiler(template, inputs).query("<measured>", field="value", one=True)


def font_folders() -> list[Path]:
    """Inter, and for signs that it lacks DejaVu, which the matplotlib wheel brings (it is not imported)."""
    spec = find_spec("matplotlib")
    places = spec.submodule_search_locations if spec else None
    return [HERE / "fonts", *(Path(place) / "mpl-data" / "fonts" / "ttf" for place in places or ())]


@cache
def _fonts() -> Fonts:
    from typst import Fonts  # noqa: PLC0415 (only who prints pays for it)

    folders: list[Any] = font_folders()
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _as_json(inputs: Mapping[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value) for name, value in inputs.items()}


def _compiler(template: str, inputs: Mapping[str, str]) -> Compiler:
    """One for each document: a compiler serves one thread at a time."""
    from typst import Compiler  # noqa: PLC0415 (only who prints pays for it)

    return Compiler(
        ROOT / template,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
        # No package is ever fetched: where they would be looked for, there are none.
        package_path=HERE,
        package_cache_path=HERE,
    )


def _one(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("expected one file")
    return made
