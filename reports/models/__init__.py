from reports.models.alerts import Alert, AlertNotice, AlertRecipient, LowScore
from reports.models.changes import ProcessChange
from reports.models.deliveries import Delivery, ScheduleNotice, SentReport
from reports.models.exports import ReportExport
from reports.models.schedules import Schedule, ScheduleRecipient
from reports.models.sharing import SharedComment, ShareLink
from reports.models.stored import StoredReport

__all__ = [
    "Alert",
    "AlertNotice",
    "AlertRecipient",
    "Delivery",
    "LowScore",
    "ProcessChange",
    "ReportExport",
    "Schedule",
    "ScheduleNotice",
    "ScheduleRecipient",
    "SentReport",
    "ShareLink",
    "SharedComment",
    "StoredReport",
]
