import pytest

from surveys.answering import invited_pages
from surveys.answering.invited_pages import Notice, notice_page

pytestmark = pytest.mark.django_db
NOTICES = [notice for notice in vars(invited_pages).values() if isinstance(notice, Notice)]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.name)
def test_each_notice_has_words_of_its_own_and_its_status(notice):
    page = notice_page(notice, language="en", url="/on/")
    others = [notice_page(other, language="en").content for other in NOTICES if other is not notice]

    assert page.status_code == notice.status
    assert page.content.count(b"<h1>") == 1
    assert page.content not in others
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert b'<meta name="referrer" content="no-referrer">' in page.content


def test_days_of_a_draft_are_those_that_are_set(settings):
    settings.DRAFT_HOURS = 20
    assert "kept for 1 day," in notice_page(invited_pages.SAVED, language="en").content.decode()
    settings.DRAFT_HOURS = 72
    assert "kept for 3 days," in notice_page(invited_pages.SAVED, language="en").content.decode()
