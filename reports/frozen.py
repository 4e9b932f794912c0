"""A report's result as text that can be kept for years, and the same result again.

Each frozen dataclass, named tuple and choice is written with its name and its fields; nothing but those of reports/
and metrics/ is ever made again. Where a later release has changed what such a class is made of, an older text can no
longer be read: whoever shows it says so, and has the document that was made with it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.exports.scope import Scope

ROOMS = ("reports.", "metrics.", "surveys.enums", "organisation.enums")
KIND, VALUE = "_", "v"
PLAIN: dict[str, Callable[[str], Any]] = {"datetime": datetime.fromisoformat, "date": date.fromisoformat}


class Unreadable(Exception):
    """Kept by a release whose results were made of other parts."""


def freeze(scope: Scope) -> bytes:
    """The scope with its report, to the digit."""
    text = json.dumps(_plain(scope), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode())


def thaw(kept: bytes) -> Scope:
    """What was frozen, equal in every part. Raises Unreadable."""
    try:
        scope: Scope = _made(json.loads(zlib.decompress(kept)))
    except (ValueError, TypeError, LookupError, AttributeError, ImportError, zlib.error) as error:
        raise Unreadable(str(error)) from error
    return scope


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return {KIND: _name(value), VALUE: value.value}
        case None | bool() | int() | float() | str():
            return value
        case date():
            return {KIND: type(value).__name__, VALUE: value.isoformat()}
        case Sequence() if not hasattr(value, "_asdict"):
            return [_plain(part) for part in value]
    if (parts := _parts(value)) is not None:
        kind = "dict" if isinstance(value, dict) else _name(value)
        return {KIND: kind, VALUE: {name: _plain(part) for name, part in parts.items()}}
    # A lazy translation, in the language that is active.
    return str(value)


def _parts(value: Any) -> dict[str, Any] | None:
    if hasattr(value, "_asdict"):
        return dict(value._asdict())
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value) if field.init}
    return value if isinstance(value, dict) else None


def _name(value: object) -> str:
    return f"{type(value).__module__}:{type(value).__qualname__}"


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(part) for part in value)
    if not isinstance(value, dict):
        return value
    kind, kept = value[KIND], value[VALUE]
    if kind in PLAIN:
        return PLAIN[kind](kept)
    made = dict if kind == "dict" else _class(kind)
    if issubclass(made, Enum):
        return made(kept)
    return made(**{key: _made(part) for key, part in kept.items()})


def _class(kind: str) -> type[Any]:
    """One of our own results or choices. Raises LookupError for anything else."""
    module, _colon, name = kind.partition(":")
    if not module.startswith(ROOMS):
        raise LookupError(kind)
    made = getattr(import_module(module), name)
    if not isinstance(made, type) or not (
        is_dataclass(made) or issubclass(made, Enum) or issubclass(made, tuple)
    ):
        raise LookupError(kind)
    return made
