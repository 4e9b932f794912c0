"""What the audit trail calls things: each deed as a sentence, each kind of thing and each of its fields by its name.

Every `action=` of the code has its sentence here (a house test looks), and every kind of thing that something was
done to. The trail itself keeps the short words: what was written years ago is read in whatever language, today's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

if TYPE_CHECKING:
    from django.db.models import Field, Model

DEEDS = {
    "added": lazy("Added %(what)s"),
    "added a question to": lazy("Added a question to %(what)s"),
    "added recipients to": lazy("Added recipients to %(what)s"),
    "allowed a website": lazy("Let a website show %(what)s"),
    "answered": lazy("Noted as answered elsewhere: %(what)s"),
    "archived": lazy("Archived %(what)s"),
    "assigned": lazy("Assigned %(what)s"),
    "assigned to nobody": lazy("Assigned %(what)s to nobody"),
    "changed": lazy("Changed %(what)s"),
    "changed a question of": lazy("Changed a question of %(what)s"),
    "changed texts of": lazy("Changed texts of %(what)s"),
    "changed the kiosk of": lazy("Changed the kiosk of %(what)s"),
    "closed": lazy("Closed %(what)s"),
    "copied": lazy("Made a copy: %(what)s"),
    "copied a question of": lazy("Copied a question of %(what)s"),
    "corrected": lazy("Corrected %(what)s"),
    "created": lazy("Created %(what)s"),
    "deactivated": lazy("Deactivated %(what)s"),
    "deleted responses of": lazy("Deleted responses of %(what)s"),
    "discarded": lazy("Discarded %(what)s"),
    "discarded the draft of": lazy("Discarded the draft of %(what)s"),
    "erased": lazy("Erased the words of %(what)s"),
    "erased addresses of": lazy("Erased addresses of %(what)s"),
    "exported": lazy("Exported %(what)s"),
    "gave up": lazy("Gave up %(what)s"),
    "handled": lazy("Ticked off %(what)s"),
    "held": lazy("Held %(what)s"),
    "held responses of": lazy("Held responses of %(what)s"),
    "hid": lazy("Hid %(what)s"),
    "imported": lazy("Brought in %(what)s"),
    "labelled": lazy("Labelled %(what)s"),
    "left": lazy("Left %(what)s"),
    "made": lazy("Made %(what)s"),
    "made the default": lazy("Made %(what)s the default"),
    "moved": lazy("Moved %(what)s"),
    "moved a question of": lazy("Moved a question of %(what)s"),
    "offered a password link to": lazy("Offered a password link to %(what)s"),
    "opened": lazy("Opened %(what)s"),
    "paused": lazy("Paused %(what)s"),
    "printed": lazy("Printed %(what)s"),
    "published": lazy("Published %(what)s"),
    "put back a question of": lazy("Put back a question of %(what)s"),
    "reactivated": lazy("Reactivated %(what)s"),
    "redacted": lazy("Took words out of %(what)s"),
    "released": lazy("Released %(what)s"),
    "released responses of": lazy("Released responses of %(what)s"),
    "removed": lazy("Removed %(what)s"),
    "removed a question of": lazy("Removed a question of %(what)s"),
    "removed a recipient from": lazy("Removed a recipient from %(what)s"),
    "reopened": lazy("Opened %(what)s again"),
    "replied to": lazy("Replied to %(what)s"),
    "reset the second factor of": lazy("Reset the second factor of %(what)s"),
    "restored": lazy("Restored %(what)s"),
    "resumed": lazy("Resumed %(what)s"),
    "revised the reply to": lazy("Revised the reply to %(what)s"),
    "revoked": lazy("Revoked %(what)s"),
    "sent": lazy("Sent %(what)s"),
    "sent doubtful mails again of": lazy("Sent doubtful mails again of %(what)s"),
    "set the keying share of": lazy("Set how much is keyed twice of %(what)s"),
    "shared": lazy("Shared %(what)s"),
    "started": lazy("Started %(what)s"),
    "started a draft of": lazy("Started a draft of %(what)s"),
    "stopped": lazy("Stopped %(what)s"),
    "took back the reply to": lazy("Took back the reply to %(what)s"),
    "took up again": lazy("Took up again %(what)s"),
    "translated": lazy("Translated %(what)s"),
    "unlabelled": lazy("Took a label off %(what)s"),
    "withdrew a website": lazy("No longer let a website show %(what)s"),
    "withdrew the kiosks of": lazy("Withdrew the kiosks of %(what)s"),
}

# By the name of the model under which the trail keeps them, so that what is no more keeps its name.
THINGS = {
    "accesskey": lazy("access key"),
    "alert": lazy("alert"),
    "batch": lazy("batch"),
    "importrun": lazy("import"),
    "keyingrule": lazy("rules for keying twice"),
    "label": lazy("label"),
    "location": lazy("location"),
    "mailing": lazy("mailing"),
    "member": lazy("member"),
    "mentionfile": lazy("file of mentions"),
    "note": lazy("note"),
    "organisation": lazy("organisation"),
    "printrun": lazy("print run"),
    "processchange": lazy("process change"),
    "region": lazy("region"),
    "reportexport": lazy("file of responses"),
    "response": lazy("response"),
    "review": lazy("review"),
    "reviewplace": lazy("review page elsewhere"),
    "schedule": lazy("schedule"),
    "sharelink": lazy("share link"),
    "survey": lazy("survey"),
    "touchpoint": lazy("touchpoint"),
}

# Where the model has no name for people: fields, and what a deed tells that is no field.
PARTS = {
    "allows_not_applicable": lazy("may not apply"),
    "answered_on": lazy("answered on"),
    "assigned_to": lazy("assigned to"),
    "at": lazy("at"),
    "at_idle": lazy("when idle"),
    "changed": lazy("changed"),
    "channel": lazy("channel"),
    "charts": lazy("charts"),
    "code": lazy("code"),
    "colour": lazy("colour"),
    "comments": lazy("comments"),
    "contact_days": lazy("days that contact details are kept"),
    "copies": lazy("copies"),
    "counted": lazy("cards counted"),
    "default": lazy("default"),
    "dimension": lazy("dimension"),
    "edition": lazy("edition"),
    "expires_at": lazy("expires"),
    "filters": lazy("report of"),
    "help_text": lazy("help text"),
    "hidden_reason": lazy("reason"),
    "hours": lazy("hours of calm"),
    "idle_seconds": lazy("idle seconds"),
    "is_active": lazy("active"),
    "is_required": lazy("required"),
    "is_reversed": lazy("reversed"),
    "keyed_twice": lazy("keyed twice, in percent"),
    "kind": lazy("kind"),
    "kinds": lazy("kinds"),
    "label": lazy("label"),
    "language": lazy("language"),
    "location": lazy("location"),
    "locations": lazy("locations"),
    "logo": lazy("logo"),
    "mails": lazy("mails"),
    "mentions": lazy("mentions"),
    "minimum_comments": lazy("minimum group for comments"),
    "minimum_group": lazy("minimum group"),
    "mode": lazy("mode"),
    "month_day": lazy("day of the month"),
    "name": lazy("name"),
    "options": lazy("options"),
    "origin": lazy("website"),
    "original": lazy("copied from"),
    "pin": lazy("PIN"),
    "position": lazy("position"),
    "public": lazy("public"),
    "published_on": lazy("published on"),
    "question": lazy("question"),
    "reason": lazy("reason"),
    "received_on": lazy("day"),
    "recipient_days": lazy("days that recipients are kept"),
    "recipients": lazy("recipients"),
    "region": lazy("region"),
    "responses": lazy("responses"),
    "second_factor": lazy("second factor"),
    "section": lazy("section"),
    "share": lazy("keyed twice, in percent"),
    "stage": lazy("stage"),
    "starter": lazy("starter"),
    "state": lazy("state"),
    "step": lazy("how often"),
    "survey": lazy("survey"),
    "tells_good": lazy("told when it is good again"),
    "text": lazy("text"),
    "threshold": lazy("threshold"),
    "time_zone": lazy("time zone"),
    "to": lazy("to"),
    "touchpoint": lazy("touchpoint"),
    "version": lazy("version"),
    "was": lazy("key"),
    "weekday": lazy("day of the week"),
    "weight": lazy("weight"),
    "why": lazy("why"),
    "with_replies": lazy("with replies"),
    "words": lazy("what changed"),
}


def deed_told(action: str, kind: str, label: str) -> str:
    """One deed as a sentence: Published survey “Service”. An action of former days is told in its own words."""
    what = _("%(thing)s “%(name)s”") % {"thing": thing_name(kind), "name": label}
    if action in DEEDS:
        return DEEDS[action] % {"what": what}
    return f"{capfirst(action)} {what}"


def thing_name(kind: str) -> str:
    return str(THINGS.get(kind, kind))


def part_name(name: str, model: type[Model] | None) -> str:
    """The name that people gave a field, or what it is called here; of what is no more, the bare word."""
    field = field_of(name, model)
    if field is not None and field.verbose_name != field.name.replace("_", " "):
        return str(field.verbose_name)
    return str(PARTS.get(name, name.replace("_", " ")))


def field_of(name: str, model: type[Model] | None) -> Field[Any, Any] | None:
    """None: the trail tells of what is no field, or came in by a relation from elsewhere (a schedule's recipients)."""
    if model is None:
        return None
    try:
        found = model._meta.get_field(name)  # noqa: SLF001 (Django's documented API)
    except FieldDoesNotExist:
        return None
    return found if hasattr(found, "verbose_name") else None  # type: ignore[return-value]


def models_by_kind() -> dict[str, type[Model]]:
    """Our models, by the name under which the audit trail keeps what is done to them."""
    return {model._meta.model_name or "": model for model in apps.get_models()}  # noqa: SLF001
