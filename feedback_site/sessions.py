"""Sessions in the database, as Django keeps them, asked for by nothing that cannot be the key of one."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.sessions.backends import db

KEY = re.compile(r"[a-z0-9]{8,40}")


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: Any) -> bool:
        """A cookie may spell a NUL, which PostgreSQL refuses to look for."""
        return bool(key and KEY.fullmatch(key))
