import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def cache_of_its_own(settings):
    """Rolled-back surveys give their keys to others: nothing that was put away for them may be found."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()
