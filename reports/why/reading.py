"""From an address to what it says about why: the report, and what is kept beside it as long as nothing has moved."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from django.core.cache import cache

from organisation.models import Member
from organisation.queries import the_organisation
from reports.reading import CODE, KEPT_SECONDS, report_for
from reports.results import Report
from reports.vocabulary import digest
from reports.why.moving import is_moving_kept, moving_with_overall
from reports.why.results import Why
from reports.why.words import WordsOf, WordsResult, telling_words
from reviews.queries.marks import comments_mark

if TYPE_CHECKING:
    from collections.abc import Collection

    from reports.reading import Asked


def of_all_dimensions(asked: Asked) -> Asked:
    """Dimensions choose questions; here all of them are compared."""
    return replace(asked, filters=replace(asked.filters, dimension=()))


def why_for(asked: Asked, reader: Member, *, words: WordsOf = WordsOf.ALL) -> Why:
    asked = of_all_dimensions(asked)
    report = report_for(asked)
    told = {one.name: getattr(report, one.name) for one in fields(Report)}
    moving = moving_with_overall(asked, report)
    return Why(**told, moving=moving, words=_kept_words(asked, reader, words))


def is_why_kept(asked: Asked, report: Report) -> bool:
    """Whether nothing has to be read for its page any more. `report`: as `moving_with_overall` takes it."""
    asked = of_all_dimensions(asked)
    return is_moving_kept(asked, report) and cache.has_key(_words_key(asked, WordsOf.ALL))


def words_mark(surveys: Collection[int]) -> str:
    """Moves with the comments of these surveys, with the names that are no words, and with the minimum."""
    names = Member.objects.order_by("pk").values_list("name", flat=True)
    return digest([CODE, the_organisation().minimum_comments, *comments_mark(surveys), *names])


def _kept_words(asked: Asked, reader: Member, of: WordsOf) -> WordsResult:
    """Thousands of comments are read for it: anew only when one of them, or what they are of, has changed."""
    key = _words_key(asked, of)
    kept: WordsResult | None = cache.get(key)
    if kept is None:
        kept = telling_words(asked, reader, the_organisation().minimum_comments, of=of)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _words_key(asked: Asked, of: WordsOf) -> str:
    scope = sorted(asked.vocabulary.scope or ()), asked.vocabulary.sees_everywhere
    return "words:" + digest([words_mark([asked.survey.id]), asked.filters, asked.survey, of, *scope])
