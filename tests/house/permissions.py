"""The words of a permission table. Each room has one: `tests/<app>/permissions.py` with

    PERMISSIONS = {
        "surveys:edit": Page(roles="administrator editor", kwargs=lambda world: {"slug": world.survey.slug}),
    }

for every URL name of that room. `world` is tests/house/world.py: one of each thing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.house.world import World


@dataclass(frozen=True)
class Page:
    """Who may open an address.

    `roles`: the roles that may, with blanks between. `public`: anybody may, signed in or not.
    `scoped`: what it shows belongs to a location, so an allowed manager, clerk or shopper of another one is
    refused too. `method`, `data`, `query`: a request that succeeds for whoever may. `data` and `query` may be
    callables that take the world, like `kwargs`.
    """

    roles: str = ""
    public: bool = False
    scoped: bool = False
    kwargs: Callable[[World], dict[str, Any]] = lambda _world: {}
    method: str = "get"
    data: Callable[[World], dict[str, Any]] | dict[str, Any] | None = None
    query: Callable[[World], str] | str = ""

    def address(self, name: str, world: World) -> str:
        query = self.query(world) if callable(self.query) else self.query
        return reverse(name, kwargs=self.kwargs(world)) + (f"?{query}" if query else "")

    def allows(self, role: str) -> bool:
        return self.public or role in self.roles.split()

    def request(self, client: Any, address: str, world: World, *, method: str = "") -> Any:
        data = self.data(world) if callable(self.data) else self.data
        method = method or self.method
        return client.post(address, data or {}) if method == "post" else client.get(address)
