"""The words of a draft in another language, each field beside the words it translates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _

from organisation.text import StorableCharField
from surveys.details import MAX_OPTION_LENGTH
from surveys.forms.fields import OneLineField
from surveys.models import Question, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.forms import BoundField

VERSION_TEXTS = ("title", "intro", "thanks_title", "thanks_text")
QUESTION_TEXTS = ("section", "text", "help_text")
LONG = frozenset({"intro", "thanks_text"})
# Between the parts of a field's name: no measure key and no option key holds it.
JOINT = "."


class TranslationForm(forms.Form):
    """Fields are named `version.title`, `question.speed.text` and `option.speed.a`. All may stay empty."""

    def __init__(
        self, *args: Any, version: Version, questions: Iterable[Question], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.questions, self.language = version, list(questions), language
        self.originals: dict[str, str] = {}
        self._add_version_fields()
        for question in self.questions:
            self._add_question_fields(question)
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def _add_version_fields(self) -> None:
        words = self.version.translations.get(self.language, {})
        for name in VERSION_TEXTS:
            self._add(f"version.{name}", Version, name, getattr(self.version, name), words.get(name, ""))

    def _add_question_fields(self, question: Question) -> None:
        key, words = question.measure.key, question.translations.get(self.language, {})
        for name in QUESTION_TEXTS:
            original = getattr(question, name)
            self._add(f"question.{key}.{name}", Question, name, original, words.get(name, ""))
        labels = words.get("options") or {}
        for option in question.options:
            initial = labels.get(option["key"], "")
            self._add(f"option.{key}.{option['key']}", None, _("Option"), option["label"], initial)

    def _add(
        self, name: str, model: type[Version | Question] | None, column: str, original: str, initial: str
    ) -> None:
        """A field for what says something in the original."""
        if not original:
            return
        field = model._meta.get_field(column) if model else None  # noqa: SLF001 (Django's documented API)
        is_long = column in LONG
        self.originals[name] = original
        self.fields[name] = (StorableCharField if is_long else OneLineField)(
            label=field.verbose_name.capitalize() if field else column,  # type: ignore[union-attr]
            max_length=field.max_length if field else MAX_OPTION_LENGTH,  # type: ignore[union-attr]
            initial=initial,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput,
        )
        self.fields[name].widget.attrs["lang"] = self.language

    def pairs(self) -> Iterator[tuple[str, str, BoundField]]:
        """What each field belongs to ("" for the version, a question's number where its fields begin), the
        original, and the field.
        """
        positions = {question.measure.key: question.position for question in self.questions}
        last = ""
        for name, original in self.originals.items():
            part = name.split(JOINT)[1] if not name.startswith("version") else ""
            heading = str(positions[part]) if part and part != last else ""
            last = part
            yield heading, original, self[name]

    @property
    def texts(self) -> dict[str, str]:
        return self._under("version.")

    @property
    def words(self) -> dict[str, dict[str, Any]]:
        """By measure key, as `Question.translations` holds them."""
        keys = [question.measure.key for question in self.questions]
        return {
            key: {**self._under(f"question.{key}."), "options": self._under(f"option.{key}.")} for key in keys
        }

    def _under(self, prefix: str) -> dict[str, str]:
        given = self.cleaned_data.items()
        return {name.removeprefix(prefix): words for name, words in given if name.startswith(prefix)}
