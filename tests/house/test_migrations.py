import re

import pytest
from django.core.management import call_command

from tests.house import ours

MIGRATIONS = [
    path
    for path in ours.modules(migrations=True)
    if path.parent.name == "migrations" and path.stem != "__init__"
]
# How Django names a migration that nobody named.
UNNAMED = re.compile(r"_auto_\d|_and_more$|^\d{4}_(alter|rename|remove|delete)_\w+_\w+_\w+$")


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", MIGRATIONS, ids=ours.short)
def test_migration_has_a_name_of_its_own(path):
    assert UNNAMED.search(path.stem) is None
