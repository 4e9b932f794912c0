from organisation.models.audit import AuditEntry
from organisation.models.members import Member
from organisation.models.places import Location, Organisation, Region, Touchpoint

__all__ = ["AuditEntry", "Location", "Member", "Organisation", "Region", "Touchpoint"]
