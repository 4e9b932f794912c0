"""Each module with code has a test module that mirrors it: tests/<room>/test_<module>.py, or a folder of that name."""

import ast

from tests.house import ours

# Modules whose behaviour is another test's subject.
ELSEWHERE = {
    "admin": "lists only; tests/organisation/test_admin.py walks the admin of every room",
    "apps": "Django's registration",
    "enums": "words; tests/house/test_constraints.py holds them against the database",
    "urls": "tests/house/test_permissions.py walks every address",
    "public_urls": "likewise",
    "feedback_site/celery": "tests/servers starts real workers with it",
    "feedback_site/embedded": "tests/feedback_site/test_serving.py starts it",
    "feedback_site/management/commands/serve": "likewise",
    "feedback_site/management/commands/demo": "likewise",
    "feedback_site/demo/load": "likewise, and tests/journeys walk through it",
    "feedback_site/demo/places": "likewise",
    "feedback_site/demo/surveys": "tests/feedback_site/demo/test_answers.py makes its answers with it",
    "surveys/answering/sending": "tests/surveys/answering/test_views.py sends every kind of form",
    "feedback_site/wsgi": "tests/servers starts real servers with it",
}


def has_code(path):
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for node in ast.parse(path.read_text()).body
    )


def is_settled_elsewhere(path):
    return path.stem in ELSEWHERE or ours.short(path).removesuffix(".py") in ELSEWHERE


def mirrors(path):
    """Where a module's tests may be. organisation/views/face.py: tests/organisation/test_face.py,
    test_face_*.py, test_views.py, test_views_face.py or views/test_face.py.
    """
    room, *folders = ours.short(path).removesuffix(".py").split("/")
    if folders[-1] == "__init__":
        folders = folders[:-1]
    name, parent, top = folders[-1], folders[:-1], ours.ROOT / "tests" / room
    yield from top.rglob(f"test_{name}.py")
    yield from top.rglob(f"test_{name}_*.py")
    yield from top.rglob(f"{name}/test_*.py")
    if parent:
        yield from top.rglob(f"test_{parent[-1]}.py")
        yield from top.rglob(f"test_{parent[-1]}_*.py")


def test_each_module_has_a_mirror():
    with_code = [path for path in ours.modules() if has_code(path) and not is_settled_elsewhere(path)]

    alone = [ours.short(path) for path in with_code if next(mirrors(path), None) is None]

    assert alone == [], "\n".join(["Write their tests, or say in ELSEWHERE where they are tested:", *alone])


def test_exemptions_name_what_exists():
    modules = {ours.short(path).removesuffix(".py") for path in ours.modules()}
    stems = {name.split("/")[-1] for name in modules}

    assert [name for name in ELSEWHERE if name not in modules | stems] == []
