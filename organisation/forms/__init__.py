from organisation.forms.filters import AuditFilter, LocationFilter, MemberFilter
from organisation.forms.members import MemberForm
from organisation.forms.places import LocationForm, PasteForm, RegionForm, TouchpointForm
from organisation.forms.settings import LogoForm, SettingsForm

__all__ = [
    "AuditFilter",
    "LocationFilter",
    "LocationForm",
    "LogoForm",
    "MemberFilter",
    "MemberForm",
    "PasteForm",
    "RegionForm",
    "SettingsForm",
    "TouchpointForm",
]
