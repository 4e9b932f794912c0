"""The mail of an alert: what was seen when it was raised, and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from organisation.rules import may_read_reports
from reports.letters import Letter
from reports.storing import CannotBeRead

if TYPE_CHECKING:
    from reports.models import AlertNotice


def letter_of(notice: AlertNotice) -> Letter:
    """Raises CannotBeRead where its owner reads no reports any more."""
    alert = notice.alert
    if not (alert.owner.is_active and may_read_reports(alert.owner)):
        raise CannotBeRead("The member reads no reports any more.")
    with translation.override(alert.language):
        return Letter(
            subject=_("Alert: %(name)s") % {"name": alert.name},
            heading=alert.name,
            points=[notice.words],
            facts=[],
            notes=[
                _("You are told again after %(hours)s hours, or when it was good in between.")
                % {"hours": alert.hours}
            ],
            link=f"{alert.origin}{reverse('reports:overview')}?{alert.filters}",
            link_words=_("Open the report"),
            why=_(
                "You get this because you asked for it. Alerts are paused and removed on the page of alerts."
            ),
            language=alert.language,
        )
