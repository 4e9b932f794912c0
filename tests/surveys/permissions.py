from django.utils import timezone

from surveys.actions.access_keys import make_access_key
from surveys.answering.invited import invited_by, sign_pass
from surveys.inviting.links import token_of
from surveys.models import Mailing
from surveys.queries.sharing import kiosk_link
from tests.factories import make_kiosk
from tests.house.permissions import Page
from tests.surveys.answering.invitations import invited_form_token, make_sent
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


def of_mailing(state="draft", **page):
    def kwargs(world):
        Mailing.objects.filter(pk=world.mailing.pk).update(state=state)
        return {"survey_id": world.survey.pk, "mailing_id": world.mailing.pk}

    return ours(**{"kwargs": kwargs, **page})


def of_recipient(world):
    invitation = world.mailing.invitations.get()
    return {"survey_id": world.survey.pk, "mailing_id": world.mailing.pk, "invitation_id": invitation.pk}


def key_of(world):
    made, secret = make_access_key(
        name="Till", may_add_recipients=True, may_report_bounces=True, by=world.editor, now=timezone.now()
    )
    world.access_key = made
    return {"Authorization": f"Bearer {secret}"}


def access_key(world):
    key_of(world)
    return {"key_id": world.access_key.pk}


def of_programs(**page):
    """Whoever has the key, signed in or not."""
    return Page(public=True, method="post", is_json=True, headers=key_of, **page)


def of_customers(**page):
    return Page(public=True, kwargs=lambda world: {"slug": world.survey.slug}, **page)


def kiosk_query(world):
    make_kiosk(world.survey)
    link = kiosk_link(world.survey, location=world.location, touchpoint=world.touchpoint, origin="")
    return link.url.partition("?")[2]


def personal_link(world):
    return {"token": token_of(make_sent(world.version))}


def pass_of_invited(world):
    return {"invited": sign_pass(invited_by(personal_link(world)["token"]))}


def form_of_invited(world):
    return {"token": invited_form_token(make_sent(world.version)), "quality": "4"}


def kiosk_of_live(world):
    make_kiosk(world.survey)
    return {"survey_id": world.survey.pk}


PERMISSIONS = {
    "answering:widget": Page(public=True),
    "answering:embed": of_customers(),
    "answering:embed_send": of_customers(),
    "answering:embed_thanks": of_customers(),
    "invited:open": Page(public=True, kwargs=personal_link),
    "invited:unsubscribe": Page(public=True, kwargs=personal_link),
    "invited:answer": of_customers(cookies=pass_of_invited),
    "invited:send": of_customers(),
    "invited:save": of_customers(method="post", data=form_of_invited),
    "invited:saved": of_customers(),
    "invited:thanks": of_customers(),
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
    "surveys:kiosk_qr": ours(kwargs=kiosk_of_live),
    "surveys:withdraw_kiosks": ours(kwargs=kiosk_of_live, method="post"),
    "surveys:share_website": of_live(),
    "surveys:allow_origin": of_live(method="post", data={"origin": "https://www.example.org"}),
    "surveys:withdraw_origin": of_live(method="post", data={"origin": "https://www.example.org"}),
    "surveys:preview_website": of_live(),
    "surveys:qr": of_live(),
    "surveys:sheet": of_live(),
    "surveys:invitations": of_live(),
    "surveys:mailing_new": of_live(),
    "surveys:mailing": of_mailing(),
    "surveys:mailing_change": of_mailing(),
    "surveys:mailing_progress": of_mailing("sending"),
    "surveys:mailing_preview": of_mailing(),
    "surveys:mailing_mail": of_mailing(),
    "surveys:mailing_test": of_mailing(method="post"),
    "surveys:mailing_start": of_mailing(method="post"),
    "surveys:mailing_pause": of_mailing("sending", method="post"),
    "surveys:mailing_resume": of_mailing("paused", method="post"),
    "surveys:mailing_stop": of_mailing("sending", method="post"),
    "surveys:mailing_send_again": of_mailing("sending", method="post"),
    "surveys:mailing_discard": of_mailing(method="post"),
    "surveys:recipients": of_mailing(),
    "surveys:recipient_remove": ours(kwargs=of_recipient, method="post"),
    "surveys:access_keys": ours(),
    "surveys:access_key_revoke": ours(kwargs=access_key, method="post"),
    "api:recipients": of_programs(
        kwargs=lambda world: {"mailing_id": world.mailing.pk},
        data={"recipients": [{"email": "eva@example.org"}]},
    ),
    "api:bounces": of_programs(data={"bounces": [{"address": "eva@example.org"}]}),
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
