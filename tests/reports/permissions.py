from tests.factories import make_export
from tests.house.permissions import Page


def survey(world):
    return f"survey={world.survey.slug}"


def export(**fields):
    """A file that the editor asked for, and whose it is alone."""
    return lambda world: {"export_id": make_export(world.survey, owner=world.editor, **fields).pk}


PERMISSIONS = {
    "reports:exports": Page(roles="administrator editor", query=survey),
    "reports:export_progress": Page(roles="editor", kwargs=export()),
    "reports:export_file": Page(roles="editor", kwargs=export(content=b"response")),
    "reports:export_remove": Page(roles="editor", kwargs=export(), method="post"),
    "reports:overview": Page(roles="administrator manager", query=survey),
    "reports:scores": Page(roles="administrator manager", query=survey),
    "reports:whole": Page(
        roles="administrator manager", kwargs=lambda _world: {"kind": "xlsx"}, query=survey
    ),
    "reports:chart": Page(
        roles="administrator manager",
        kwargs=lambda _world: {"name": "means", "kind": "csv"},
        query=survey,
    ),
}
