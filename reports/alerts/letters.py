"""The mail of an alert: what was seen when it was raised, or that it is good again, and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from organisation.rules import may_edit, may_read_reports
from reports.alerts.leaving import leaving_link
from reports.alerts.naming import looks_for
from reports.enums import AlertKind
from reports.letters import Letter
from reports.storing import CannotBeRead
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.models import Alert, AlertNotice, AlertRecipient


def letter_of(notice: AlertNotice) -> Letter:
    """Raises CannotBeRead where its recipient reads no reports any more, or it was paused before it went out."""
    recipient, alert = notice.recipient, notice.recipient.alert
    if not (recipient.member.is_active and may_read_reports(recipient.member)):
        raise CannotBeRead("The member reads no reports any more.")
    if not alert.is_active:
        raise CannotBeRead("The alert was paused.")
    subject = _good_subject if notice.is_good else _bad_subject
    language = recipient.member.language or alert.language
    with translation.override(language):
        return Letter(
            subject=subject(alert),
            heading=alert.name,
            points=[notice.words, *notice.lines],
            facts=[(_("Alert"), looks_for(alert))],
            notes=list(_notes(notice)),
            link=f"{alert.origin}{notice.link}",
            link_words=_link_words(notice),
            why=_("You get this because “%(name)s” tells you. Its page says how it stands: %(url)s")
            % {"name": alert.name, "url": f"{alert.origin}{reverse('reports:alert', args=[alert.pk])}"},
            language=language,
            unsubscribe=leaving_link(recipient),
        )


def _bad_subject(alert: Alert) -> str:
    return _("Alert: %(name)s") % {"name": alert.name}


def _good_subject(alert: Alert) -> str:
    return _("Good again: %(name)s") % {"name": alert.name}


def _link_words(notice: AlertNotice) -> str:
    is_of_comments = notice.link.startswith(reverse("reviews:comments"))
    return _("Read the comments of these days") if is_of_comments else _("Open the report")


def _notes(notice: AlertNotice) -> Iterator[str]:
    recipient, alert = notice.recipient, notice.recipient.alert
    if notice.is_good:
        return
    if alert.kind == AlertKind.LOW_SCORE:
        yield from _low_notes(recipient)
        words = _("What comes in within %(hours)s hours from now is told together in the next mail.")
    else:
        words = _("You are told again after %(hours)s hours, or when it was good in between.")
    if alert.kind in {AlertKind.SIGNAL, AlertKind.OUTLIER}:
        words = _(
            "The same is not told again while it lasts; anything else at the earliest after %(hours)s hours."
        )
    yield words % {"hours": alert.hours}


def _low_notes(recipient: AlertRecipient) -> Iterator[str]:
    """Where single responses can be read; or why they are told in groups."""
    if not may_edit(recipient.member):
        yield _("Responses that are shown in groups only are told once enough have come in at a location.")
        return
    survey = Survey.objects.filter(slug=QueryDict(recipient.alert.filters)["survey"]).first()
    if survey:
        url = f"{recipient.alert.origin}{reverse('scoring:responses', args=[survey.pk])}"
        yield _("Single responses: %(url)s") % {"url": url}
