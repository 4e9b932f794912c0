"""Sessions in the database, as Django keeps them, asked for by nothing that cannot be the key of one."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

KEY = re.compile(r"[a-z0-9]{8,40}")


# Said here once: Django would put it together for each request, in the time that a kept chart takes for all the rest.
LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What it holds; nothing, and no key, where it has ended."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(LOAD, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found

    def _validate_session_key(self, key: Any) -> bool:
        """A cookie may spell a NUL, which PostgreSQL refuses to look for."""
        return bool(key and KEY.fullmatch(key))
