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
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.db.models import Field, Model

DEEDS = {
    "added": gettext_lazy("Added %(what)s"),
    "added a question to": gettext_lazy("Added a question to %(what)s"),
    "added recipients to": gettext_lazy("Added recipients to %(what)s"),
    "allowed a website": gettext_lazy("Let a website show %(what)s"),
    "answered": gettext_lazy("Noted as answered elsewhere: %(what)s"),
    "archived": gettext_lazy("Archived %(what)s"),
    "assigned": gettext_lazy("Assigned %(what)s"),
    "assigned to nobody": gettext_lazy("Assigned %(what)s to nobody"),
    "changed": gettext_lazy("Changed %(what)s"),
    "changed a question of": gettext_lazy("Changed a question of %(what)s"),
    "changed texts of": gettext_lazy("Changed texts of %(what)s"),
    "changed the kiosk of": gettext_lazy("Changed the kiosk of %(what)s"),
    "closed": gettext_lazy("Closed %(what)s"),
    "copied": gettext_lazy("Made a copy: %(what)s"),
    "copied a question of": gettext_lazy("Copied a question of %(what)s"),
    "corrected": gettext_lazy("Corrected %(what)s"),
    "created": gettext_lazy("Created %(what)s"),
    "deactivated": gettext_lazy("Deactivated %(what)s"),
    "deleted responses of": gettext_lazy("Deleted responses of %(what)s"),
    "discarded": gettext_lazy("Discarded %(what)s"),
    "discarded the draft of": gettext_lazy("Discarded the draft of %(what)s"),
    "erased": gettext_lazy("Erased the words of %(what)s"),
    "erased addresses of": gettext_lazy("Erased addresses of %(what)s"),
    "exported": gettext_lazy("Exported %(what)s"),
    "gave up": gettext_lazy("Gave up %(what)s"),
    "handled": gettext_lazy("Ticked off %(what)s"),
    "held": gettext_lazy("Held %(what)s"),
    "held responses of": gettext_lazy("Held responses of %(what)s"),
    "hid": gettext_lazy("Hid %(what)s"),
    "imported": gettext_lazy("Brought in %(what)s"),
    "labelled": gettext_lazy("Labelled %(what)s"),
    "left": gettext_lazy("Left %(what)s"),
    "made": gettext_lazy("Made %(what)s"),
    "made the default": gettext_lazy("Made %(what)s the default"),
    "moved": gettext_lazy("Moved %(what)s"),
    "moved a question of": gettext_lazy("Moved a question of %(what)s"),
    "offered a password link to": gettext_lazy("Offered a password link to %(what)s"),
    "opened": gettext_lazy("Opened %(what)s"),
    "paused": gettext_lazy("Paused %(what)s"),
    "printed": gettext_lazy("Printed %(what)s"),
    "published": gettext_lazy("Published %(what)s"),
    "put back a question of": gettext_lazy("Put back a question of %(what)s"),
    "reactivated": gettext_lazy("Reactivated %(what)s"),
    "redacted": gettext_lazy("Took words out of %(what)s"),
    "released": gettext_lazy("Released %(what)s"),
    "released responses of": gettext_lazy("Released responses of %(what)s"),
    "removed": gettext_lazy("Removed %(what)s"),
    "removed a question of": gettext_lazy("Removed a question of %(what)s"),
    "removed a recipient from": gettext_lazy("Removed a recipient from %(what)s"),
    "reopened": gettext_lazy("Opened %(what)s again"),
    "replied to": gettext_lazy("Replied to %(what)s"),
    "reset the second factor of": gettext_lazy("Reset the second factor of %(what)s"),
    "restored": gettext_lazy("Restored %(what)s"),
    "resumed": gettext_lazy("Resumed %(what)s"),
    "revised the reply to": gettext_lazy("Revised the reply to %(what)s"),
    "revoked": gettext_lazy("Revoked %(what)s"),
    "sent": gettext_lazy("Sent %(what)s"),
    "sent doubtful mails again of": gettext_lazy("Sent doubtful mails again of %(what)s"),
    "set the keying share of": gettext_lazy("Set how much is keyed twice of %(what)s"),
    "shared": gettext_lazy("Shared %(what)s"),
    "started": gettext_lazy("Started %(what)s"),
    "started a draft of": gettext_lazy("Started a draft of %(what)s"),
    "stopped": gettext_lazy("Stopped %(what)s"),
    "took back the reply to": gettext_lazy("Took back the reply to %(what)s"),
    "took up again": gettext_lazy("Took up again %(what)s"),
    "translated": gettext_lazy("Translated %(what)s"),
    "unlabelled": gettext_lazy("Took a label off %(what)s"),
    "withdrew a website": gettext_lazy("No longer let a website show %(what)s"),
    "withdrew the kiosks of": gettext_lazy("Withdrew the kiosks of %(what)s"),
}

# By the name of the model under which the trail keeps them, so that what is no more keeps its name.
THINGS = {
    "accesskey": gettext_lazy("access key"),
    "alert": gettext_lazy("alert"),
    "batch": gettext_lazy("batch"),
    "importrun": gettext_lazy("import"),
    "keyingrule": gettext_lazy("rules for keying twice"),
    "label": gettext_lazy("label"),
    "location": gettext_lazy("location"),
    "mailing": gettext_lazy("mailing"),
    "member": gettext_lazy("member"),
    "mentionfile": gettext_lazy("file of mentions"),
    "note": gettext_lazy("note"),
    "organisation": gettext_lazy("organisation"),
    "printrun": gettext_lazy("print run"),
    "processchange": gettext_lazy("process change"),
    "region": gettext_lazy("region"),
    "reportexport": gettext_lazy("file of responses"),
    "response": gettext_lazy("response"),
    "review": gettext_lazy("review"),
    "reviewplace": gettext_lazy("review page elsewhere"),
    "schedule": gettext_lazy("schedule"),
    "sharelink": gettext_lazy("share link"),
    "survey": gettext_lazy("survey"),
    "touchpoint": gettext_lazy("touchpoint"),
}

# Where the model has no name for people: fields, and what a deed tells that is no field.
PARTS = {
    "allows_not_applicable": gettext_lazy("may not apply"),
    "answered_on": gettext_lazy("answered on"),
    "assigned_to": gettext_lazy("assigned to"),
    "at": gettext_lazy("at"),
    "at_idle": gettext_lazy("when idle"),
    "changed": gettext_lazy("changed"),
    "channel": gettext_lazy("channel"),
    "charts": gettext_lazy("charts"),
    "code": gettext_lazy("code"),
    "colour": gettext_lazy("colour"),
    "comments": gettext_lazy("comments"),
    "contact_days": gettext_lazy("days that contact details are kept"),
    "copies": gettext_lazy("copies"),
    "counted": gettext_lazy("cards counted"),
    "default": gettext_lazy("default"),
    "dimension": gettext_lazy("dimension"),
    "edition": gettext_lazy("edition"),
    "expires_at": gettext_lazy("expires"),
    "filters": gettext_lazy("report of"),
    "help_text": gettext_lazy("help text"),
    "hidden_reason": gettext_lazy("reason"),
    "hours": gettext_lazy("hours of calm"),
    "idle_seconds": gettext_lazy("idle seconds"),
    "is_active": gettext_lazy("active"),
    "is_required": gettext_lazy("required"),
    "is_reversed": gettext_lazy("reversed"),
    "keyed_twice": gettext_lazy("keyed twice, in percent"),
    "kind": gettext_lazy("kind"),
    "kinds": gettext_lazy("kinds"),
    "label": gettext_lazy("label"),
    "language": gettext_lazy("language"),
    "location": gettext_lazy("location"),
    "locations": gettext_lazy("locations"),
    "logo": gettext_lazy("logo"),
    "mails": gettext_lazy("mails"),
    "mentions": gettext_lazy("mentions"),
    "minimum_comments": gettext_lazy("minimum group for comments"),
    "minimum_group": gettext_lazy("minimum group"),
    "mode": gettext_lazy("mode"),
    "month_day": gettext_lazy("day of the month"),
    "name": gettext_lazy("name"),
    "options": gettext_lazy("options"),
    "origin": gettext_lazy("website"),
    "original": gettext_lazy("copied from"),
    "pin": gettext_lazy("PIN"),
    "position": gettext_lazy("position"),
    "public": gettext_lazy("public"),
    "published_on": gettext_lazy("published on"),
    "question": gettext_lazy("question"),
    "reason": gettext_lazy("reason"),
    "received_on": gettext_lazy("day"),
    "recipient_days": gettext_lazy("days that recipients are kept"),
    "recipients": gettext_lazy("recipients"),
    "region": gettext_lazy("region"),
    "responses": gettext_lazy("responses"),
    "second_factor": gettext_lazy("second factor"),
    "section": gettext_lazy("section"),
    "share": gettext_lazy("keyed twice, in percent"),
    "stage": gettext_lazy("stage"),
    "starter": gettext_lazy("starter"),
    "state": gettext_lazy("state"),
    "step": gettext_lazy("how often"),
    "survey": gettext_lazy("survey"),
    "tells_good": gettext_lazy("told when it is good again"),
    "text": gettext_lazy("text"),
    "threshold": gettext_lazy("threshold"),
    "time_zone": gettext_lazy("time zone"),
    "to": gettext_lazy("to"),
    "touchpoint": gettext_lazy("touchpoint"),
    "version": gettext_lazy("version"),
    "was": gettext_lazy("key"),
    "weekday": gettext_lazy("day of the week"),
    "weight": gettext_lazy("weight"),
    "why": gettext_lazy("why"),
    "with_replies": gettext_lazy("with replies"),
    "words": gettext_lazy("what changed"),
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
