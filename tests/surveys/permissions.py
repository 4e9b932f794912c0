from surveys.queries.sharing import kiosk_link
from tests.factories import make_kiosk
from tests.house.permissions import Page
from tests.surveys.answering.kiosks import body_of, leaving_body
from tests.surveys.importing.runs import make_run

QUESTION = {
    "text": "How was the light?",
    "kind": "rating",
    "dimension": "quality",
    "weight": "1",
    "allows_not_applicable": "on",
}


def ours(**page):
    return Page(roles="administrator editor", **page)


def of_draft(**page):
    return ours(kwargs=lambda world: {"survey_id": world.draft_survey.pk}, **page)


def of_live(**page):
    return ours(kwargs=lambda world: {"survey_id": world.survey.pk}, **page)


def of_question(method="post", data=None, **kwargs):
    return ours(
        kwargs=lambda world: {
            "survey_id": world.draft_survey.pk,
            "key": world.question.measure.key,
            **kwargs,
        },
        method=method,
        data=data,
    )


def of_import(state="uploaded", **page):
    return ours(kwargs=lambda world: {"run_id": make_run(world.survey, state=state).pk}, **page)


def of_customers(**page):
    return Page(public=True, kwargs=lambda world: {"slug": world.survey.slug}, **page)


def kiosk_query(world):
    make_kiosk(world.survey)
    link = kiosk_link(world.survey, location=world.location, touchpoint=world.touchpoint, origin="")
    return link.url.partition("?")[2]


PERMISSIONS = {
    "answering:widget": Page(public=True),
    "answering:embed": of_customers(),
    "answering:embed_send": of_customers(),
    "answering:embed_thanks": of_customers(),
    "kiosk:worker": Page(public=True),
    "kiosk:kiosk": of_customers(query=kiosk_query),
    "kiosk:send": of_customers(method="post", data=lambda world: body_of(world.version), is_json=True),
    "kiosk:leave": of_customers(method="post", data=lambda world: leaving_body(world.version), is_json=True),
    "answering:with_slash": of_customers(),
    "answering:answer": of_customers(),
    "answering:send": of_customers(),
    "answering:thanks": of_customers(),
    "surveys:list": ours(),
    "surveys:new": ours(method="post", data={"starter": "service", "language": "en"}),
    "surveys:hints": ours(query="text=How+was+it"),
    "surveys:build": of_draft(),
    "surveys:add_question": ours(
        kwargs=lambda world: {"survey_id": world.draft_survey.pk, "kind": "rating"},
        method="post",
        data=QUESTION,
    ),
    "surveys:change_question": of_question(data=QUESTION),
    "surveys:move_question": of_question(to=2),
    "surveys:copy_question": of_question(),
    "surveys:remove_question": of_question(),
    "surveys:put_back_question": of_draft(method="post"),
    "surveys:texts": of_draft(method="post", data={"title": "How did we do?"}),
    "surveys:closing": of_draft(method="post", data={"thanks_title": "Thank you"}),
    "surveys:settings": of_live(),
    "surveys:archive": of_live(method="post"),
    "surveys:restore": of_live(method="post"),
    "surveys:copy": of_live(method="post"),
    "surveys:start_draft": of_live(method="post"),
    "surveys:discard_draft": of_live(method="post"),
    "surveys:publish": of_draft(method="post"),
    "surveys:translate": of_draft(),
    "surveys:preview": of_draft(),
    "surveys:preview_frame": of_draft(),
    "surveys:share": of_live(),
    "surveys:share_kiosk": of_live(),
    "surveys:kiosk_qr": of_live(),
    "surveys:share_website": of_live(),
    "surveys:allow_origin": of_live(method="post", data={"origin": "https://www.example.org"}),
    "surveys:withdraw_origin": of_live(method="post", data={"origin": "https://www.example.org"}),
    "surveys:preview_website": of_live(),
    "surveys:qr": of_live(),
    "surveys:sheet": of_live(),
    "surveys:imports": ours(),
    "surveys:import_new": ours(),
    "surveys:import_run": of_import(),
    "surveys:import_map": of_import(),
    "surveys:import_progress": of_import("checking"),
    "surveys:import_check": of_import(method="post"),
    "surveys:import_start": of_import("checked", method="post"),
    "surveys:import_give_up": of_import(method="post"),
    "surveys:import_errors": of_import("refused"),
    "surveys:import_toml": of_import(),
}
