from tests.house.permissions import Page


def survey(world):
    return f"survey={world.survey.slug}"


PERMISSIONS = {
    "reports:overview": Page(roles="administrator manager", query=survey),
    "reports:scores": Page(roles="administrator manager", query=survey),
    "reports:chart": Page(
        roles="administrator manager",
        kwargs=lambda _world: {"name": "means", "kind": "csv"},
        query=survey,
    ),
}
