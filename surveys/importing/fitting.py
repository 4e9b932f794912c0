"""Whether a map fits its file and its survey. What does not is told with what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.answering.answers import SCALE
from surveys.enums import Answer
from surveys.importing.tables import clean

if TYPE_CHECKING:
    from surveys.answering.published import Item, Published
    from surveys.importing.mapping import ImportMap
    from surveys.importing.places import Places

LISTED = 50


def misfits(
    version: Published, said: ImportMap, headers: list[str], locations: Places, touchpoints: Places
) -> list[str]:
    """Every reason why no row could be read; none when the map fits."""
    return [
        *_wrong_columns(said, headers),
        *_wrong_questions(version, said),
        *_wrong_places(locations, touchpoints),
    ]


def _wrong_places(*all_places: Places) -> list[str]:
    return [
        _("There is no place with the code “%(code)s”.") % {"code": places.said.code}
        for places in all_places
        if not places.said.column and places.whole_file is None
    ]


def _wrong_columns(said: ImportMap, headers: list[str]) -> list[str]:
    absent = sorted(said.columns - set(headers))
    twice = sorted(header for header in said.columns if headers.count(header) > 1)
    reasons = []
    if absent:
        reasons.append(
            _("The file has no column %(absent)s. Its columns are %(headers)s.")
            % {"absent": _listed(absent), "headers": _listed(headers)}
        )
    if twice:
        reasons.append(_("More than one column has the header %(twice)s.") % {"twice": _listed(twice)})
    return reasons


def _wrong_questions(version: Published, said: ImportMap) -> list[str]:
    items = {item.key: item for item in version.items}
    unknown = sorted(said.questions.keys() - items.keys())
    reasons = []
    if unknown:
        reasons.append(
            _("The survey has no question %(unknown)s. Its questions are %(known)s.")
            % {"unknown": _listed(unknown), "known": _listed(list(items))}
        )
    for key, values in said.question_values.items():
        item = items.get(key)
        if item:
            bad = sorted(set(values.values()) - _takes(item))
            reasons += [
                _("[question_values.%(key)s] “%(sign)s” is no answer that the question takes.")
                % {"key": key, "sign": clean(sign)}
                for sign in bad
            ]
    return reasons


def option_texts(item: Item) -> dict[str, str]:
    """Which option a cell means, by its label or its key. What is the label of one and the key of another means
    neither, and the map has to say.
    """
    keys = {option.key: option.key for option in item.options}
    labels = {option.label.strip(): option.key for option in item.options}
    return {text: key for text, key in (keys | labels).items() if keys.get(text, key) == key}


def _takes(item: Item) -> set[str]:
    """What a text of the file may stand for."""
    blank = str(Answer.BLANK)
    if item.is_rating:
        return {*SCALE, blank} | ({str(Answer.NOT_APPLICABLE)} if item.allows_not_applicable else set())
    return {blank, *(option.key for option in item.options)}


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"“{clean(name)}”" for name in names[:LISTED])
    return shown if len(names) <= LISTED else f"{shown}, …"
