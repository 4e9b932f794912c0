"""One word per thing, and each explained where a newcomer looks."""

import re
from importlib import import_module

import pytest
from django.db import models

from tests.house import ours

GLOSSARY = ours.ROOT / "docs" / "glossary.md"


def words():
    """Names of our models and of the choices they are made from."""
    yield from (model.__name__ for model in ours.models())
    for path in ours.modules():
        name = ours.short(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if "class " in (text := path.read_text()) and "Choices)" in text:
            for thing in vars(import_module(name)).values():
                if isinstance(thing, type) and issubclass(thing, models.Choices) and thing.__module__ == name:
                    yield thing.__name__


def spoken(name):
    """`DimensionCell` as a glossary writes it: dimension cell."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


@pytest.mark.parametrize("name", sorted(set(words())))
def test_glossary_explains_the_word(name):
    entries = re.findall(r"\*\*(.+?)\*\*", GLOSSARY.read_text())

    assert spoken(name) in {entry.lower() for entry in entries}


def test_glossary_explains_each_word_once():
    entries = [entry.lower() for entry in re.findall(r"^\*\*(.+?)\*\*", GLOSSARY.read_text(), re.MULTILINE)]

    assert sorted(entries) == sorted(set(entries))
