"""How small values are pickled: a kept report has thousands of them."""

from __future__ import annotations

from copyreg import pickle
from dataclasses import fields
from operator import attrgetter
from typing import Any


def packed[Cls: type](cls: Cls) -> Cls:
    """A frozen dataclass that is pickled as the values of its fields and made again from them.

    The way of `dataclasses` itself looks its fields up for each value and takes four times as long. Told to `copyreg`
    this is found at once; as a method of the class, it would be asked for in three ways first.
    """
    names = [field.name for field in fields(cls)]
    values = attrgetter(*names)

    def reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
        return cls, (values(self) if len(names) > 1 else (values(self),))

    pickle(cls, reduce)
    return cls
