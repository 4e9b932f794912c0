from reports.models.deliveries import Delivery, SentReport
from reports.models.exports import ReportExport
from reports.models.schedules import Schedule, ScheduleRecipient
from reports.models.stored import StoredReport

__all__ = ["Delivery", "ReportExport", "Schedule", "ScheduleRecipient", "SentReport", "StoredReport"]
