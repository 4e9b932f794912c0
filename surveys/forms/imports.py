"""A file to bring in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.importing.entries import BadMapError
from surveys.importing.mapping import MAX_TOML, ImportMap, read_toml
from surveys.models import Survey

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from organisation.models import Member


class UploadForm(forms.Form):
    survey = forms.ModelChoiceField(
        label=gettext_lazy("Survey"),
        queryset=Survey.objects.none(),
        help_text=gettext_lazy("The published ones. Every row is checked as a customer’s answers are."),
    )
    file = forms.FileField(label=gettext_lazy("Choose a file, or drop it here"), max_length=500)
    map = forms.FileField(
        label=gettext_lazy("Map"),
        required=False,
        help_text=gettext_lazy(
            "The TOML file of an earlier import, if you have one. The next page asks for the rest."
        ),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        surveys = Survey.objects.visible_to(member).published().active().order_by("name")
        self.fields["survey"].queryset = surveys  # type: ignore[attr-defined]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = Layout("survey", "map")

    def clean_file(self) -> UploadedFile[Any]:
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        limit = settings.IMPORT_MAX_MB
        if (sent.size or 0) > limit * 1_000_000:
            raise ValidationError(
                _("The file is larger than %(limit)d MB. Split it, or use the command import_responses.")
                % {"limit": limit}
            )
        return sent

    def clean_map(self) -> ImportMap | None:
        sent: UploadedFile[Any] | None = self.cleaned_data["map"]
        try:
            return read_toml(sent.read(MAX_TOML + 1).decode()) if sent else None
        except UnicodeDecodeError as error:
            raise ValidationError(_("The map is not written in UTF-8.")) from error
        except BadMapError as error:
            raise ValidationError(error.reasons) from error
