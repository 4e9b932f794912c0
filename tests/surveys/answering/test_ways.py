import pytest

from surveys.answering.published import published
from surveys.answering.ways import INVITED, LINK, WIDGET
from tests.factories import make_published, make_survey


@pytest.mark.django_db
def test_each_way_has_its_own_addresses():
    version = published(make_published(make_survey(slug="service")).pk, "en")

    assert (LINK.page_url(version), LINK.send_url(version)) == ("/s/service/", "/s/service/send/")
    assert WIDGET.page_url(version) == "/s/service/embed/"
    assert WIDGET.send_url(version) == "/s/service/embed/send/"
    assert (INVITED.page_url(version), INVITED.send_url(version)) == (
        "/s/service/invited/",
        "/s/service/invited/send/",
    )
    assert [way.save_url(version) for way in (LINK, WIDGET, INVITED)] == ["", "", "/s/service/invited/save/"]
    assert (LINK.is_framed, WIDGET.is_framed) == (False, True)
