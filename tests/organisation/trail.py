"""What the audit trail says, in a form to compare."""

from organisation.models import AuditEntry


def trail():
    """(action, label, changes) of every entry, oldest first."""
    return list(AuditEntry.objects.order_by("pk").values_list("action", "label", "changes"))
