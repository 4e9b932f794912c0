"""Writes of the organisation, and the audit trail that every other room writes to."""

from organisation.actions.audit import record_change

__all__ = ["record_change"]
