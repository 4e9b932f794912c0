"""Published versions as plain data. A version never changes, so each process keeps what it has read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from surveys.enums import Kind
from surveys.models import Version

if TYPE_CHECKING:
    from surveys.models import Question


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question as a customer meets it, in one language."""

    position: int
    key: str
    kind: str
    text: str
    help_text: str
    section: str
    is_required: bool
    allows_not_applicable: bool
    is_reversed: bool
    options: tuple[Option, ...]

    @property
    def is_rating(self) -> bool:
        return self.kind == Kind.RATING


@dataclass(frozen=True, slots=True)
class Published:
    """A version in one language. `languages` are those it can be read in, its own first."""

    version_id: int
    survey_id: int
    slug: str
    number: int | None
    is_anonymous: bool
    language: str
    languages: tuple[str, ...]
    title: str
    intro: str
    thanks_title: str
    thanks_text: str
    items: tuple[Item, ...]

    def without_musts(self) -> Published:
        """For answers that are not finished: nobody has been asked for what must be answered yet."""
        return replace(self, items=tuple(replace(item, is_required=False) for item in self.items))


@lru_cache(maxsize=1024)
def published(version_id: int, language: str) -> Published:
    """The published version in that language, or in its survey's own where it was not translated.

    Raises `Version.DoesNotExist` for a version that is not published.
    """
    return load(Version.objects.published().select_related("survey").get(pk=version_id), language)


def load(version: Version, language: str) -> Published:
    """A version, published or draft, as plain data."""
    questions = list(version.questions.select_related("measure").in_order())
    offered = languages(version, questions)
    language = language if language in offered else version.survey.language
    texts = version.translations.get(language, {})
    return Published(
        version_id=version.pk,
        survey_id=version.survey_id,
        slug=version.survey.slug,
        number=version.number,
        is_anonymous=version.survey.is_anonymous,
        language=language,
        languages=offered,
        title=texts.get("title") or version.title,
        intro=texts.get("intro") or version.intro,
        thanks_title=texts.get("thanks_title") or version.thanks_title,
        thanks_text=texts.get("thanks_text") or version.thanks_text,
        items=tuple(_item(question, language) for question in questions),
    )


def languages(version: Version, questions: list[Question]) -> tuple[str, ...]:
    """The survey's own language, then each one in which the title and every question have been written."""
    complete = [
        language
        for language, texts in sorted(version.translations.items())
        if texts.get("title") and all(q.translations.get(language, {}).get("text") for q in questions)
    ]
    own = version.survey.language
    return (own, *(language for language in complete if language != own))


def _item(question: Question, language: str) -> Item:
    measure, words = question.measure, question.translations.get(language, {})
    labels: dict[str, Any] = words.get("options") or {}
    return Item(
        position=question.position,
        key=measure.key,
        kind=measure.kind,
        text=words.get("text") or question.text,
        help_text=words.get("help_text") or question.help_text,
        section=words.get("section") or question.section,
        is_required=question.is_required,
        allows_not_applicable=question.allows_not_applicable and measure.kind == Kind.RATING,
        is_reversed=measure.is_reversed,
        options=tuple(Option(o["key"], labels.get(o["key"]) or o["label"]) for o in question.options),
    )
