from datetime import timedelta

from django.utils import timezone

from organisation.enums import Role
from reports.enums import ExportKind, ExportState
from reports.models import ReportExport
from tests.factories.organisation import make_member


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
