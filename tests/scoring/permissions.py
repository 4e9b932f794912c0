from tests.house.permissions import Page
from tests.surveys.importing.runs import make_run

PERMISSIONS = {
    "scoring:undo_import": Page(
        roles="administrator editor",
        kwargs=lambda world: {"run_id": make_run(world.survey, state="imported").pk},
        method="post",
    ),
}
