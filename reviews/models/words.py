"""The words by which a text is found, and how each database looks one up (docs/decisions/0021)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Lookup

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class WordsField(models.TextField):  # type: ignore[type-arg]
    """What `reviews.matching.words_of` makes of a text. PostgreSQL keeps a tsvector of it, in the column `search`."""


@WordsField.register_lookup
class Has(Lookup):
    """`words__has=Asked("queue")`. The words are letters and digits only, so no sign of theirs means anything else."""

    lookup_name = "has"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        end = "" if self.rhs.begins else " "
        return f"(' ' || {column} || ' ') LIKE %s", (*params, f"% {self.rhs.word}{end}%")

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        table = column.rpartition(".")[0]
        lexeme = f"'{self.rhs.word}'{':*' if self.rhs.begins else ''}"
        return f'{table}."search" @@ %s::tsquery', (*params, lexeme)
