from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from organisation.enums import Role
from reports.enums import AlertKind, ExportKind, ExportState, ScheduleStep
from reports.models import (
    Alert,
    AlertRecipient,
    Delivery,
    ProcessChange,
    ReportExport,
    Schedule,
    ScheduleRecipient,
    SentReport,
    ShareLink,
)
from reports.schedules.clocks import rhythm_of, zone_for
from reports.schedules.rhythms import next_occurrence
from reports.sharing.actions import hash_of
from reports.storing import period_of, store_report
from tests.factories.organisation import make_member

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
THRESHOLDS = {AlertKind.SIGNAL: None, AlertKind.OUTLIER: None, AlertKind.LOW_SCORE: 1}
RECIPIENTS_OWN = ("state", "raised_at", "told_at", "checked_at", "is_readable", "words", "signs", "marks")


def make_export(survey, *, owner=None, content=None, **fields):
    """A file of responses that waits; ready, where it has a content."""
    now = timezone.now()
    defaults = {
        "owner": owner or make_member(Role.EDITOR),
        "kind": ExportKind.CSV,
        "name": survey.name,
        "filters": f"survey={survey.slug}&from=1970-01-01&to=2199-12-31",
        "rows_total": 0,
        "asked_at": now,
        "expires_at": now + timedelta(days=7),
    }
    if content is not None:
        defaults |= {"state": ExportState.READY, "ended_at": now}
    export = ReportExport.objects.create(**{**defaults, **fields})
    if content is not None:
        export.path.parent.mkdir(parents=True, exist_ok=True)
        export.path.write_bytes(content)
    return export


def make_schedule(survey, *, owner=None, recipients=None, next_at=None, **fields):
    """Every day at seven, UTC, to whoever set it up."""
    owner = owner or make_member(Role.MANAGER, all_locations=True)
    now = fields.pop("now", NOW)
    defaults = {
        "owner": owner,
        "name": "Morning report",
        "filters": f"survey={survey.slug}&period=30",
        "step": ScheduleStep.DAY,
        "at": time(7),
        "time_zone": "UTC",
        "language": "en",
        "origin": "https://feedback.example.org",
        "made_at": now,
    }
    schedule = Schedule.objects.create(**{**defaults, **fields})
    for member in [owner] if recipients is None else recipients:
        due_at = next_at or next_occurrence(rhythm_of(schedule), zone_for(schedule, member), after=now).at
        ScheduleRecipient.objects.create(schedule=schedule, member=member, next_at=due_at)
    return schedule


def make_sent(schedule, *, member=None, is_made=False, now=NOW, **fields):
    """One occurrence that is to be sent; with its report, where it is made."""
    member = member or schedule.owner
    defaults = {
        "schedule": schedule,
        "member": member,
        "delivery": Delivery.objects.create(member=member, due_at=now),
        "name": schedule.name,
        "filters": schedule.filters,
        "language": schedule.language,
        "origin": schedule.origin,
        "due_on": now.date(),
        "due_at": now,
    }
    if is_made:
        stored = store_report(member=member, filters=schedule.filters, language="en", now=now)
        defaults |= {"report": stored, "period": period_of(stored)}
    return SentReport.objects.create(**{**defaults, **fields})


def make_process_change(survey, *, locations=(), **fields):
    defaults = {
        "changed_on": date(2026, 3, 1),
        "words": "Two more tills",
        "written_at": timezone.now(),
        "written_by": fields.pop("written_by", None) or make_member(Role.EDITOR),
    }
    change = ProcessChange.objects.create(survey=survey, **{**defaults, **fields})
    change.locations.set(locations)
    return change


def make_share(survey, *, owner=None, token="a-token", now=None, days=30, **fields):  # noqa: S107 (a made-up one)
    """A link to the report of a survey, by a token that is known."""
    owner = owner or make_member(Role.MANAGER)
    now = now or timezone.now()
    filters = f"survey={survey.slug}&period=all"
    defaults = {
        "owner": owner,
        "report": store_report(member=owner, filters=filters, language="en", now=now),
        "name": "For the board",
        "token_hash": hash_of(token),
        "minimum": 5,
        "made_at": now,
        "expires_at": now + timedelta(days=days),
    }
    return ShareLink.objects.create(**{**defaults, **fields})


def make_alert(survey, *, owner=None, recipients=None, **fields):
    """A mean of overall below 3 in the last 30 days, told to whoever made it. Fields of a recipient are everybody's."""
    owner = owner or make_member(Role.MANAGER)
    own = {name: fields.pop(name) for name in RECIPIENTS_OWN if name in fields}
    defaults = {
        "owner": owner,
        "name": "Low scores",
        "filters": f"survey={survey.slug}&dimension=overall&period=30",
        "kind": AlertKind.MEAN_BELOW,
        "dimension": "overall",
        "threshold": THRESHOLDS.get(fields.get("kind"), 3),
        "language": "en",
        "origin": "https://feedback.example.org",
        "made_at": NOW,
    }
    alert = Alert.objects.create(**{**defaults, **fields})
    for member in [owner] if recipients is None else recipients:
        AlertRecipient.objects.create(alert=alert, member=member, **own)
    return alert
