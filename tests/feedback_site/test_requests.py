from io import BytesIO

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from feedback_site.wsgi import application
from tests.factories import make_published

pytestmark = pytest.mark.django_db

# No encodings of text; one that raises on everything; ones that make half characters and NULs; what no header is.
ODD = ["hex", "rot13", "undefined", "unicode_escape", "utf-7", "utf-16", "idna", "latin-1", "no-such-thing"]
ODD_TYPES = [
    *(f"text/plain; charset={name}" for name in ODD),
    "text/plain; a*=no''%62",
    f"text/plain; {'a' * 10_001}",
]


def status(method, path, content_type, body=b"", query=""):
    """The first number of the answer of the very application that servers load."""
    request = RequestFactory().generic(method, path)
    said = {"REQUEST_METHOD": method, "QUERY_STRING": query, "CONTENT_TYPE": content_type}
    sent = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    answered = []
    application({**request.environ, **said, **sent}, lambda line, *_rest: answered.append(line)).close()
    return int(answered[0].split()[0])


@pytest.fixture(autouse=True)
def keep_the_connection():
    """As Django's test client does: the connection is in the middle of the test's transaction."""
    signals = request_started, request_finished
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def address():
    return f"/s/{make_published().survey.slug}/"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("content_type", ODD_TYPES)
@pytest.mark.parametrize("path", ["", "/surveys/", "/healthz"])
def test_encoding_that_is_not_ours_is_refused(address, path, content_type, method):
    answer = status(method, path or address, content_type, body=b"speed=5", query="lang=%5Cud800&at=%00")

    assert answer == 400


@pytest.mark.parametrize("charset", ODD)
def test_form_in_parts_in_an_encoding_that_is_not_ours_is_refused(address, charset):
    body = b'--B\r\nContent-Disposition: form-data; name="speed"\r\n\r\n\\ud800\r\n--B--\r\n'

    assert status("POST", address, f"multipart/form-data; boundary=B; charset={charset}", body) == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", "us-ascii"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_utf_8_is_read_whether_it_is_named_or_not(address, kind, charset):
    assert status("GET", address, f"{kind}; charset={charset}") == 200
    assert status("GET", address, kind) == 200
