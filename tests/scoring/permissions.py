from tests.house.permissions import Page
from tests.surveys.importing.runs import make_run


def of_survey(**page):
    return Page(roles="administrator editor", kwargs=lambda world: {"survey_id": world.survey.pk}, **page)


def of_response():
    return Page(
        roles="administrator editor",
        kwargs=lambda world: {"survey_id": world.survey.pk, "response_id": world.response.pk},
        method="post",
    )


PERMISSIONS = {
    "scoring:responses": of_survey(query="show=all"),
    "scoring:hold_all": of_survey(method="post", query="reason=too_fast"),
    "scoring:release_all": of_survey(method="post", query="reason=robot"),
    "scoring:hold": of_response(),
    "scoring:release": of_response(),
    "scoring:delete": of_response(),
    "scoring:undo_import": Page(
        roles="administrator editor",
        kwargs=lambda world: {"run_id": make_run(world.survey, state="imported").pk},
        method="post",
    ),
}
