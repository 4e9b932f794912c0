"""Every address of the site, and every line of the permission tables."""

from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, get_resolver

TESTS = Path(__file__).resolve().parent.parent

# Addresses of parts, which answer for themselves; test_permissions.py holds them to less than a table does.
PARTS = {
    "admin:": "Django's own, open to who is_staff; see test_admin_is_closed",
    "account_": "allauth's sign-in; see test_account_page_is_closed",
    "mfa_": "allauth's second factor; see test_account_page_is_closed",
}
# Made only where settings.DEBUG is on, which tests never are.
ONLY_IN_DEBUG = {"styleguide"}


def named_addresses(patterns=None, namespace="", route=""):
    """(full name, route) of every pattern, depth first; the name is None where somebody forgot it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield (namespace + pattern.name if pattern.name else None), whole
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_addresses(pattern.url_patterns, inner, whole)


def is_of_a_part(name):
    return name.startswith(tuple(PARTS))


def tables():
    """Each room's table, by the room."""
    return {
        path.parent.name: import_module(f"tests.{path.parent.name}.permissions").PERMISSIONS
        for path in sorted(TESTS.glob("*/permissions.py"))
        if path.parent.name != "house"
    }


def pages():
    """Every line of every table: {name: Page}."""
    return {name: page for table in tables().values() for name, page in table.items()}
