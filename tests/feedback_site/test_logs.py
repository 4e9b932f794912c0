import logging

import pytest
from django.conf import settings

from feedback_site.logs import WithoutLinks


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/i/{}/", "/i/{}/unsubscribe/", "/i/{}"])
def test_no_line_holds_a_personal_link(client, caplog, path):
    caplog.handler.addFilter(WithoutLinks())
    token = "A" * 32

    for ask in (client.get, client.put):
        ask(path.format(token))

    assert "/i/…" in caplog.text
    assert token not in caplog.text


def test_every_other_line_passes_as_it_is():
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s of %s", ("1", "2"), None)

    assert WithoutLinks().filter(record)
    assert record.getMessage() == "1 of 2"


def test_the_site_writes_no_line_past_it():
    assert all("without links" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
