"""The organisation's own face, and the sizes below which nothing is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions.audit import record_change, set_fields
from organisation.models import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.logo import Logo
    from organisation.models import Member


@transaction.atomic
def change_settings(
    *,
    name: str,
    colour: str,
    time_zone: str,
    minimum_group: int,
    minimum_comments: int,
    contact_days: int,
    recipient_days: int,
    by: Member,
    now: datetime,
) -> Organisation:
    organisation = Organisation.objects.select_for_update(no_key=True).defer("logo").get(pk=1)
    values = {
        "name": name,
        "colour": colour,
        "time_zone": time_zone,
        "minimum_group": minimum_group,
        "minimum_comments": minimum_comments,
        "contact_days": contact_days,
        "recipient_days": recipient_days,
    }
    if changes := set_fields(organisation, values):
        organisation.save(update_fields=list(changes))
        record_change(action="changed", subject=organisation, by=by, now=now, changes=changes)
    return organisation


@transaction.atomic
def change_logo(*, logo: Logo, by: Member, now: datetime) -> Organisation:
    return _put_logo(logo.content, logo.content_type, by=by, now=now)


@transaction.atomic
def remove_logo(*, by: Member, now: datetime) -> Organisation:
    return _put_logo(b"", "", by=by, now=now)


def _put_logo(content: bytes, content_type: str, *, by: Member, now: datetime) -> Organisation:
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=1)
    before = bytes(organisation.logo)
    if before != content:
        said = [_in_words(before, organisation.logo_type), _in_words(content, content_type)]
        organisation.logo, organisation.logo_type = content, content_type
        organisation.save(update_fields=["logo", "logo_type"])
        record_change(action="changed", subject=organisation, by=by, now=now, changes={"logo": said})
    return organisation


def _in_words(content: bytes, content_type: str) -> str:
    return f"{content_type}, {len(content)} bytes" if content else ""
