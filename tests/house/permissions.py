"""The words of a permission table. Each room has one: `tests/<app>/permissions.py` with

    PERMISSIONS = {
        "surveys:edit": Page(roles="administrator editor", kwargs=lambda world: {"slug": world.survey.slug}),
    }

for every URL name of that room. `world` is tests/house/world.py: one of each thing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.world import World


@dataclass(frozen=True)
class Request:
    address: str
    method: str
    data: dict[str, Any] | str
    is_json: bool = False
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def by(self, client: Client, *, method: str = "") -> Any:
        """The answer to this client, and no trace of the request in the database."""
        for name, value in self.cookies.items():
            client.cookies[name] = value
        with transaction.atomic():
            is_post = (method or self.method) == "post"
            answer = self._posted(client) if is_post else client.get(self.address)
            transaction.set_rollback(True)
        return answer

    def _posted(self, client: Client) -> Any:
        if not isinstance(self.data, str):
            kind = {"content_type": "application/json"} if self.is_json else {}
            return client.post(self.address, self.data, headers=self.headers, **kind)
        body = self.data % {"member": client.session.get("_auth_user_id", "0")}
        return client.post(self.address, body, content_type="application/json")


@dataclass(frozen=True)
class Page:
    """Who may open an address.

    `roles`: the roles that may, with blanks between. `public`: anybody may, signed in or not.
    `scoped`: what it shows belongs to a location, so an allowed manager, clerk or shopper of another one is
    refused too. `method`, `data`, `query`: a request that succeeds for whoever may. `data` and `query` may be
    callables that take the world, like `kwargs`; so are `cookies` and `headers`, for what is not signed in to. `data`
    that is a text is sent as JSON; `%(member)s` in it is the caller's own key.
    """

    roles: str = ""
    public: bool = False
    scoped: bool = False
    kwargs: Callable[[World], dict[str, Any]] = lambda _world: {}
    method: str = "get"
    data: Callable[[World], dict[str, Any] | str] | dict[str, Any] | str | None = None
    query: Callable[[World], str] | str = ""
    is_json: bool = False
    cookies: Callable[[World], dict[str, str]] = lambda _world: {}
    headers: Callable[[World], dict[str, str]] = lambda _world: {}

    def allows(self, role: str) -> bool:
        return self.public or role in self.roles.split()

    def request(self, name: str, world: World) -> Request:
        """The request, with everything in the world that it speaks of."""
        query = self.query(world) if callable(self.query) else self.query
        data = self.data(world) if callable(self.data) else self.data
        address = reverse(name, kwargs=self.kwargs(world)) + (f"?{query}" if query else "")
        return Request(
            address, self.method, data or {}, self.is_json, self.cookies(world), self.headers(world)
        )
