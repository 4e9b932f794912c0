"""Whatever the code notes in the audit trail, the trail can tell in the reader's language."""

import ast

from django.apps import apps

from organisation.deeds import DEEDS, THINGS
from tests.house import ours


def actions(path):
    """Every text that a module gives as `action=`, or lays by under that name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.keyword) and node.arg == "action":
            yield from texts(node.value)
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "action"
        ):
            yield from texts(node.value)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            yield from firsts(node)


def texts(value):
    """The texts that an expression may be: itself, or either side of a choice."""
    if isinstance(value, ast.IfExp):
        yield from texts(value.body)
        yield from texts(value.orelse)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def firsts(node):
    """`action, changes = ("assigned", …) if … else (…)`"""
    names = [getattr(name, "id", "") for name in node.targets[0].elts]
    if "action" not in names:
        return
    sides = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
    for side in sides:
        if isinstance(side, ast.Tuple):
            yield from texts(side.elts[names.index("action")])


def noted():
    paths = [path for path in ours.modules() if path.parent.name == "actions" or path.stem == "actions"]
    return {(text, ours.short(path)) for path in paths for text in actions(path)}


def test_every_deed_of_the_code_has_a_sentence():
    found = noted()

    assert len(found) > 80
    assert {one for one in found if one[0] not in DEEDS} == set()


def test_no_sentence_is_left_over():
    assert DEEDS.keys() - {text for text, _path in noted()} == set()


def test_deeds_are_given_by_name():
    """Or the tests above would not see them."""
    calls = [
        (ours.short(path), node.lineno)
        for path in ours.modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"record_change", "record_changes"}
        and "action" not in {keyword.arg for keyword in node.keywords}
    ]

    assert calls == []


def test_deeds_are_noted_by_actions():
    """Nowhere else are they looked for."""
    elsewhere = {
        ours.short(path)
        for path in ours.modules()
        if "record_change" in path.read_text() and path.parent.name != "actions" and path.stem != "actions"
    }

    assert elsewhere == set()


def test_things_are_models_of_ours():
    assert THINGS.keys() - {model._meta.model_name for model in apps.get_models()} == set()
