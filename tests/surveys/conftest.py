import pytest


@pytest.fixture(autouse=True)
def files_of_our_own(settings, tmp_path_factory):
    """What a test sends is kept in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files", numbered=True)
