"""Who is signed in, asked for by each request: as Django does, without putting the same question together each time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS, connection

from organisation.models import Member

if TYPE_CHECKING:
    from django.db.models.sql.compiler import SQLCompiler

FIELDS = [field.attname for field in Member._meta.concrete_fields]  # noqa: SLF001 - Django's own name for them


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]  # it has no types
    def get_user(self, user_id: int) -> Member | None:
        """The member of a session, as the database knows them now; None where there is none, or who may not sign in."""
        compiler, text = _statement(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(text, [user_id])
            rows: list[Any] = cursor.fetchall()
        for values in compiler.results_iter([rows], tuple_expected=True):
            member = Member.from_db(DEFAULT_DB_ALIAS, FIELDS, values)
            return member if self.user_can_authenticate(member) else None
        return None


@cache
def _statement(_vendor: str) -> tuple[SQLCompiler, str]:
    compiler = Member.objects.filter(pk=0).query.get_compiler(DEFAULT_DB_ALIAS)
    text, _values = compiler.as_sql()
    return compiler, text
