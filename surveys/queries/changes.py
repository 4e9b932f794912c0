"""What a draft changes, what keeps it from being published, and whether anybody touched it meanwhile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.details import CHOICES, MIN_OPTIONS, QuestionDetails
from surveys.queries.wordings import is_reworded, last_wordings, unanswered

if TYPE_CHECKING:
    from surveys.models import Question, Version

VERSION_FIELDS = ("title", "intro", "thanks_title", "thanks_text", "translations")
QUESTION_FIELDS = (
    *("measure_id", "section", "text", "help_text", "is_required", "allows_not_applicable", "weight"),
    *("options", "translations"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a draft from being published; `key` names the question it is about, "" the whole."""

    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """A question that both versions ask, now and before."""

    question: Question
    before: Question
    is_reworded: bool
    is_moved: bool

    @property
    def marks(self) -> list[str]:
        """The names of what changed beside the words."""
        now, then = QuestionDetails.of(self.question), QuestionDetails.of(self.before)
        names = ("section", "weight", "is_required", "allows_not_applicable")
        return [name for name in names if getattr(now, name) != getattr(then, name)]

    @property
    def is_retranslated(self) -> bool:
        return bool(self.question.translations != self.before.translations)


@dataclass(frozen=True, slots=True)
class Changes:
    """A draft against the live version; everything is added where nothing is live."""

    texts: list[tuple[str, str, str]]
    is_retranslated: bool
    added: list[Question]
    removed: list[Question]
    changed: list[Change]

    def __bool__(self) -> bool:
        lists = (self.texts, self.added, self.removed, self.changed)
        return self.is_retranslated or any(lists)


def in_order(version: Version) -> list[Question]:
    return list(version.questions.select_related("measure").in_order())


def changes_since(live: Version | None, draft: Version, questions: list[Question]) -> Changes:
    former = in_order(live) if live else []
    before = {question.measure_id: question for question in former}
    kept = [question for question in questions if question.measure_id in before]
    asked = {question.measure_id for question in questions}
    moved = _moved(former, kept)
    changes = [
        Change(q, before[q.measure_id], is_reworded(q, before[q.measure_id]), q.measure_id in moved)
        for q in kept
    ]
    return Changes(
        texts=_changed_texts(live, draft),
        is_retranslated=live is not None and live.translations != draft.translations,
        added=[question for question in questions if question.measure_id not in before],
        removed=[question for question in former if question.measure_id not in asked],
        changed=[c for c in changes if c.is_reworded or c.is_moved or c.marks or c.is_retranslated],
    )


def problems_of(draft: Version, questions: list[Question]) -> list[Problem]:
    """What has to be settled before the draft can be published."""
    problems = []
    if not draft.title:
        problems.append(Problem("", _("The survey has no title.")))
    if not questions:
        problems.append(Problem("", _("There is no question yet.")))
    problems += [
        Problem(
            question.measure.key, _("“%(text)s” offers fewer than two options.") % {"text": question.text}
        )
        for question in questions
        if question.measure.kind in CHOICES and len(question.options) < MIN_OPTIONS
    ]
    return problems + [
        Problem(question.measure.key, _("Say what has become of “%(text)s”.") % {"text": question.text})
        for question in unanswered(questions, last_wordings(questions))
    ]


def fingerprint(version: Version, questions: list[Question]) -> str:
    """Equal for two versions that read and count the same; it moves with every change to a draft."""
    content = [
        [getattr(version, name) for name in VERSION_FIELDS],
        [[getattr(question, name) for name in QUESTION_FIELDS] for question in questions],
    ]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def _changed_texts(live: Version | None, draft: Version) -> list[tuple[str, str, str]]:
    """Name, before, now."""
    if live is None:
        return []
    pairs = [(name, getattr(live, name), getattr(draft, name)) for name in VERSION_FIELDS[:-1]]
    return [(name, before, now) for name, before, now in pairs if before != now]


def _moved(former: list[Question], kept: list[Question]) -> set[int]:
    """The measures that stand elsewhere among those that both versions ask."""
    now = [question.measure_id for question in kept]
    then = [question.measure_id for question in former if question.measure_id in now]
    blocks = SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
    stayed = {measure for block in blocks for measure in now[block.b : block.b + block.size]}
    return set(now) - stayed
