import pytest

from tests.house.world import World


@pytest.fixture
def world(db):
    return World()
