from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.enums import Role
from reviews.actions.erasing import erase_review
from reviews.actions.mention_files import (
    DAYS_KEPT,
    NotNow,
    add_file,
    check_file,
    drop_left_files,
    give_up_file,
    import_file,
)
from reviews.enums import ErasureReason, FileState
from reviews.mentions.mapping import MentionMap
from reviews.models import MentionFile, Review
from tests.factories import make_location, make_member
from tests.factories.surveys import NOW
from tests.surveys.importing.workbooks import write_far_cell, write_workbook

pytestmark = pytest.mark.django_db
COLUMNS = {"text": "Text", "author": "Name", "date": "Day", "score": "Stars", "link": "Link"}
SAID = MentionMap(columns=COLUMNS, scale_max=10)
GOOD = """Text,Name,Day,Stars,Link
Lovely bread,Ana,2026-02-01,9,https://stars.example/1
"Slow, and cold",Bob,2026-02-02,3/5,https://stars.example/2
"""
BAD = "Nobody there,Cyd,2026-02-03,eleven,https://stars.example/3\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def by():
    return make_member(Role.EDITOR)


def send(content, by, name="mentions.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return add_file(file=SimpleUploadedFile(name, data), by=by, now=NOW)


def bring_in(content, by, said=SAID):
    kept = check_file(kept=send(content, by), said=said, by=by, now=NOW)
    return import_file(kept=kept, by=by, now=NOW)


def counts(kept):
    return kept.state, kept.rows, kept.rows_new, kept.rows_known, kept.rows_refused


def test_a_file_is_checked_and_brought_in(by, django_capture_on_commit_callbacks):
    kept = check_file(kept=send(GOOD, by), said=SAID, by=by, now=NOW)
    path = Path(kept.file.path)
    checked = counts(kept), Review.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        kept = import_file(kept=kept, by=by, now=NOW)

    assert checked == ((FileState.CHECKED, 2, 2, 0, 0), 0)
    assert counts(kept) == (FileState.IMPORTED, 2, 2, 0, 0)
    assert set(Review.objects.values_list("author", "scale_score", "scale_max")) == {
        ("Ana", 9, 10),
        ("Bob", 3, 5),
    }
    assert not path.exists()


def test_the_same_file_again_doubles_nothing(by):
    bring_in(GOOD, by)

    assert counts(bring_in(GOOD, by)) == (FileState.IMPORTED, 2, 0, 2, 0)
    assert Review.objects.count() == 2


def test_a_file_with_what_was_erased_passes_over_it(by):
    bring_in(GOOD, by)
    review = Review.objects.get(author="Ana")
    erase_review(review=review, reason=ErasureReason.CUSTOMER, by=by, now=NOW)

    again = bring_in(GOOD, by)

    review.refresh_from_db()
    assert counts(again) == (FileState.IMPORTED, 2, 0, 2, 0)
    assert (Review.objects.count(), review.text, review.author) == (2, "", "")


def test_one_bad_row_refuses_the_file_unless_it_is_to_be_left_out(by):
    refused = check_file(kept=send(GOOD + BAD, by), said=SAID, by=by, now=NOW)
    kept = bring_in(GOOD + BAD, by, MentionMap(columns=COLUMNS, scale_max=10, skip_bad_rows=True))

    assert counts(refused) == (FileState.REFUSED, 3, 2, 0, 1)
    assert counts(kept) == (FileState.IMPORTED, 3, 2, 0, 1)
    assert [(flaw["row"], flaw["column"], flaw["value"]) for flaw in kept.errors] == [(4, "Stars", "eleven")]


def test_a_known_mention_in_other_words_is_listed_and_neither_lost_nor_doubled(by):
    bring_in(GOOD, by)

    kept = check_file(kept=send(GOOD.replace("Lovely", "Lousy"), by), said=SAID, by=by, now=NOW)

    assert counts(kept) == (FileState.REFUSED, 2, 0, 1, 1)


def test_what_was_redacted_stays_so_when_it_comes_again(by):
    bring_in(GOOD, by)
    review = Review.objects.get(author="Ana")
    review.text = "[redacted]"
    review.save(update_fields=["text"])

    kept = bring_in(GOOD, by)

    review.refresh_from_db()
    assert (counts(kept)[2:4], review.text) == ((0, 2), "[redacted]")


def test_a_workbook_is_read_like_any_file(by, tmp_path):
    rows = [["Text", "Name", "Day", "Stars", "Link"], ["Kind", "Ana", "2026-02-01", 8, ""]]
    book = write_workbook(tmp_path / "book", rows)

    assert counts(bring_in(book.read_bytes(), by)) == (FileState.IMPORTED, 1, 1, 0, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PK\x03\x04 no workbook",
        b"\xd0\xcf\x11\xe0 old",
        b"\0" * 100,
        b"Text\n",
    ],
)
def test_a_file_that_lies_about_its_type_is_refused_with_a_reason(by, content):
    kept = check_file(kept=send(content, by, "mentions.xlsx"), said=SAID, by=by, now=NOW)

    assert (kept.state, {flaw["row"] for flaw in kept.errors}) == (FileState.REFUSED, {0})
    assert all(flaw["reason"] for flaw in kept.errors)


def test_a_hostile_workbook_ends_only_its_own_process(by, tmp_path):
    book = write_far_cell(tmp_path / "far")

    kept = check_file(kept=send(book.read_bytes(), by), said=SAID, by=by, now=NOW)

    assert kept.state == FileState.REFUSED


def test_a_manager_brings_in_mentions_of_own_places_only():
    here, there = make_location(code="here"), make_location(code="there")
    by = make_member(locations=[here])
    said = MentionMap(columns={"text": "Text", "location": "Shop"}, skip_bad_rows=True)

    kept = bring_in("Text,Shop\nGood,here\nBad,there\n", by, said)

    assert (counts(kept)[2:], Review.objects.get().location) == ((1, 0, 1), here)
    assert there not in {review.location for review in Review.objects.all()}


def test_a_file_that_was_brought_in_is_not_given_up_or_brought_in_again(by):
    kept = bring_in(GOOD, by)

    for deed in (give_up_file, import_file):
        with pytest.raises(NotNow):
            deed(kept=kept, by=by, now=NOW)


def test_a_file_that_is_given_up_leaves_nothing(by, django_capture_on_commit_callbacks):
    kept = send(GOOD, by)
    path = Path(kept.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        give_up_file(kept=kept, by=by, now=NOW)

    assert (path.exists(), MentionFile.objects.exists()) == (False, False)


def test_a_file_that_nobody_brought_in_is_removed_after_its_days(by, django_capture_on_commit_callbacks):
    sent, checked = send(GOOD, by), check_file(kept=send(BAD, by), said=SAID, by=by, now=NOW)
    paths, due = [Path(kept.file.path) for kept in (sent, checked)], NOW + timedelta(days=DAYS_KEPT)

    with django_capture_on_commit_callbacks(execute=True):
        early = drop_left_files(now=due)
        were_there = [path.exists() for path in paths]
        late = drop_left_files(now=due + timedelta(seconds=1))

    assert (early, were_there, late) == (0, [True, True], 2)
    assert ([path.exists() for path in paths], MentionFile.objects.count()) == ([False, False], 0)


def test_what_became_of_a_file_that_was_brought_in_is_kept(by):
    bring_in(GOOD, by)

    assert drop_left_files(now=NOW + timedelta(days=99)) == 0
    assert MentionFile.objects.get().state == FileState.IMPORTED
