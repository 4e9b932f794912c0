import pytest

from tests.servers.smtp import SmtpServer


@pytest.fixture(autouse=True)
def files_of_our_own(settings, tmp_path_factory):
    """What a test sends is kept in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files", numbered=True)


@pytest.fixture
def smtp(settings, tmp_path):
    """A mail server that takes what the site sends, and a place for the logs of claims."""
    settings.DATA_DIR = tmp_path
    with SmtpServer() as server:
        settings.MAILERS = server.mailers()
        yield server
