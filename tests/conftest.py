import pytest
from django.core.cache import caches

from surveys.answering.published import published


@pytest.fixture(autouse=True)
def forget_what_a_process_remembers():
    """Each test begins as a new process would: rolled-back rows give their keys to others."""
    yield
    published.cache_clear()
    caches["moment"].clear()
