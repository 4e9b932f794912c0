from django.utils import timezone

from reports.alerts.leaving import token_of
from reports.schedules.leaving import leaving_token
from scoring.actions.pending import score_all_pending
from tests.factories import (
    make_alert,
    make_export,
    make_process_change,
    make_response,
    make_schedule,
    make_sent,
    make_share,
)
from tests.house.permissions import Page


def survey(world):
    return f"survey={world.survey.slug}"


def export(**fields):
    """A file that the editor asked for, and whose it is alone."""
    return lambda world: {"export_id": make_export(world.survey, owner=world.editor, **fields).pk}


def number(world):
    """The survey's number of responses, which are just enough to be shown."""
    for _response in range(5):
        make_response(world.version, location=world.location)
    score_all_pending(clock=timezone.now)
    return f"{survey(world)}&period=all&of=responses"


def schedule(world):
    """One that the manager set up: theirs and the administrators'."""
    return {"schedule_id": make_schedule(world.survey, owner=world.manager).pk}


def sent(is_made=True, **kwargs):
    """A report that the manager was sent, and whose it is alone."""

    def made(world):
        found = make_sent(make_schedule(world.survey, owner=world.manager), is_made=is_made)
        return {"report_id": found.pk, **kwargs}

    return made


def leaving(world):
    """The address from a mail to the manager."""
    found = make_schedule(world.survey, owner=world.manager)
    return {"token": leaving_token(schedule=found.pk, member=world.manager.pk)}


def share(world):
    return {"link_id": make_share(world.survey, owner=world.manager).pk}


def alert(world):
    """One that the manager made, and that tells them: theirs and the administrators'."""
    return {"alert_id": make_alert(world.survey, owner=world.manager).pk}


def shared(**kwargs):
    """By a link that the manager made: for anybody who has it."""

    def made(world):
        make_share(world.survey, owner=world.manager, token="a-token")
        return {"token": "a-token", **kwargs}

    return made


READERS = "administrator manager"


def of_change(**page):
    return Page(
        roles="administrator editor manager",
        scoped=True,
        kwargs=lambda world: {"change_id": make_process_change(world.survey, locations=[world.location]).pk},
        **page,
    )


PERMISSIONS = {
    "reports:schedules": Page(roles=READERS),
    "reports:schedule_new": Page(roles=READERS, query=survey),
    "reports:schedule": Page(roles=READERS, kwargs=schedule, scoped=True),
    "reports:schedule_now": Page(roles=READERS, kwargs=schedule, scoped=True, method="post"),
    "reports:leave": Page(public=True, kwargs=leaving),
    "reports:schedule_pause": Page(roles=READERS, kwargs=schedule, scoped=True, method="post"),
    "reports:schedule_resume": Page(roles=READERS, kwargs=schedule, scoped=True, method="post"),
    "reports:schedule_remove": Page(roles=READERS, kwargs=schedule, scoped=True, method="post"),
    "reports:choose_contents": Page(roles=READERS, query=survey),
    "reports:alerts": Page(roles=READERS),
    "reports:alert_new": Page(roles=READERS, query=survey),
    "reports:alert": Page(roles=READERS, kwargs=alert, scoped=True),
    "reports:alert_change": Page(roles=READERS, kwargs=alert, scoped=True),
    "reports:alert_pause": Page(roles=READERS, kwargs=alert, scoped=True, method="post"),
    "reports:alert_resume": Page(roles=READERS, kwargs=alert, scoped=True, method="post"),
    "reports:alert_remove": Page(roles=READERS, kwargs=alert, scoped=True, method="post"),
    "reports:alert_leave": Page(roles="manager", kwargs=alert, scoped=True, method="post"),
    "reports:alert_stop": Page(
        public=True,
        kwargs=lambda world: {"token": token_of(make_alert(world.survey).recipients.get())},
        method="post",
        data={"wish": "leave"},
    ),
    "reports:shares": Page(roles=READERS),
    "reports:share_new": Page(roles=READERS, query=survey),
    "reports:share_revoke": Page(roles=READERS, kwargs=share, scoped=True, method="post"),
    "reports:shared": Page(public=True, kwargs=shared()),
    "reports:shared_file": Page(public=True, kwargs=shared()),
    "reports:shared_chart": Page(public=True, kwargs=shared(name="means", kind="svg")),
    "reports:sent": Page(roles=READERS),
    "reports:sent_report": Page(roles="manager", kwargs=sent(), scoped=True),
    "reports:sent_file": Page(roles="manager", kwargs=sent(kind="pdf"), scoped=True),
    "reports:sent_chart": Page(roles="manager", kwargs=sent(name="means", kind="svg"), scoped=True),
    "reports:sent_leave": Page(roles="manager", kwargs=sent(is_made=False), scoped=True, method="post"),
    "reports:changes": Page(roles="administrator editor manager"),
    "reports:add_change": Page(roles="administrator editor manager"),
    "reports:change_change": of_change(),
    "reports:remove_change": of_change(method="post"),
    "reports:exports": Page(roles="administrator editor", query=survey),
    "reports:export_progress": Page(roles="editor", kwargs=export()),
    "reports:export_file": Page(roles="editor", kwargs=export(content=b"response")),
    "reports:export_remove": Page(roles="editor", kwargs=export(), method="post"),
    "reports:number": Page(roles="administrator manager", query=number, scoped=True),
    "reports:number_file": Page(roles="administrator manager", query=number, scoped=True),
    "reports:flagged": Page(roles="administrator manager", query=survey),
    "reports:why": Page(roles="administrator manager", query=survey),
    "reports:why_chart": Page(
        roles="administrator manager",
        kwargs=lambda _world: {"name": "moving", "kind": "csv"},
        query=survey,
    ),
    "reports:overview": Page(roles="administrator manager", query=survey),
    "reports:wall": Page(roles="administrator manager", query=survey),
    "reports:breakdown": Page(roles="administrator manager", query=survey),
    "reports:breakdown_number": Page(roles="administrator manager", query=number, scoped=True),
    "reports:breakdown_number_file": Page(roles="administrator manager", query=number, scoped=True),
    "reports:breakdown_chart": Page(
        roles="administrator manager",
        kwargs=lambda _world: {"name": "dots", "kind": "csv"},
        query=survey,
    ),
    "reports:breakdown_scores": Page(roles="administrator manager", query=survey),
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
