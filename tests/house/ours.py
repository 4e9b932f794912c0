"""What is ours: the rooms, their modules and their models."""

import ast
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def rooms():
    """Folders of the product's own code, found by what they hold rather than by a list that ages."""
    outside = {"tests", "docs", "static", "templates", "locale", "tools", "bench", "var"}
    return sorted(
        folder.name
        for folder in ROOT.iterdir()
        if (folder / "__init__.py").exists() and folder.name not in outside
    )


def modules(*folders, migrations=False):
    """Every Python file of these folders (all rooms, where none is named)."""
    found = [path for folder in folders or rooms() for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if migrations or "migrations" not in path.parts]


def models():
    return [
        model
        for room in rooms()
        if room in apps.app_configs
        for model in apps.get_app_config(room).get_models()
    ]


def functions(path):
    """(qualified name, node) of every function of a module, methods and inner ones too."""

    def walk(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{prefix}{child.name}", child
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from walk(child, f"{prefix}{child.name}.")
            else:
                yield from walk(child, prefix)

    yield from walk(ast.parse(path.read_text()), "")


def short(path):
    return path.relative_to(ROOT).as_posix()
