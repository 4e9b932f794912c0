"""The report on paper, read back as text and structure by readers that know nothing of the program."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from organisation.models import Organisation
from reports.charts import CHARTS
from reports.exports.prints import report_pdf
from reports.tables import Audience, shown_rows
from tests.organisation.pictures import picture
from tests.press.paper import pages, tags_of, text_of
from tests.reports.breakdown.test_charts import two_ways
from tests.reports.samples import empty_report, full_report, question, scope
from tests.reports.why.samples import why

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def printed(report=None, **changes):
    return pages(report_pdf(scope(report, **changes)))


def said(report=None, **changes):
    return " ".join(text_of(page) for page in printed(report, **changes))


def squeezed(text):
    """A line may end anywhere."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """Text and bytes of one report, printed for several tests."""
    with django_db_blocker.unblock():
        content = report_pdf(scope())
    return content, [text_of(page) for page in pages(content)]


def test_every_cell_of_every_table_is_on_paper(once):
    text, report = squeezed(" ".join(once[1])), full_report()

    for chart in CHARTS.values():
        table = chart.table(report)
        rows = shown_rows(table, len(table.rows))
        assert [row for row in rows for cell in row if squeezed(cell) not in text] == []
        assert squeezed(table.caption) in text
        labels = [column.label for column in table.columns_for(Audience.PAGE)]
        assert [label for label in labels if squeezed(label) not in text] == []


def test_first_page_says_what_it_is_about_and_what_follows(once):
    first = once[1][0]

    for words in ("Service", "2 to 29 Mar 2026", "Region North, =South", "Responses 40", "Contents"):
        assert words in first
    for chart in CHARTS.values():
        assert str(chart.subject) in first


def test_every_page_has_its_number(once):
    texts = once[1]

    assert [
        number for number, text in enumerate(texts, start=1) if f"{number} / {len(texts)}" not in text
    ] == []


def test_last_page_says_how_it_was_computed(once):
    last = once[1][-1]

    assert "Nothing is shown of fewer than 5 responses" in last
    assert "change_in_mean" in last


def test_it_is_tagged_and_each_picture_has_words(once):
    content = once[0]

    assert b"pdfuaid:part" in content
    document = pages(content)
    assert document.get_metadata_value("Title") == "Service · 2 to 29 Mar 2026"
    assert len([mark for mark in document.get_toc() if mark.level == 0]) >= len(CHARTS) + 2


def test_a_set_is_tagged_like_a_report():
    content = report_pdf(scope(charts=("means", "by-location-mode", "why"), chapters=(two_ways(), why())))

    assert b"pdfuaid:part" in content
    tags = [tag for page in pages(content) for tag in tags_of(page)]
    words = [text for kind, text in tags if kind == "Figure"]
    assert len(words) == len(set(words)) == 5
    assert all(text.startswith("Chart: ") for text in words)
    kinds = {kind for kind, _text in tags}
    assert {"H1", "H2", "TOC", "Table", "THead", "TH", "TD"} <= kinds
    assert tables_without_head(tags) == 0


def tables_without_head(tags):
    """A table goes on over the sheets: each begins with its head."""
    kinds = [kind for kind, _text in tags if kind in {"Table", "THead"}]
    return sum(
        one == "Table" and after != "THead" for one, after in zip(kinds, [*kinds[1:], ""], strict=True)
    )


def test_the_same_report_is_the_same_file(once):
    assert report_pdf(scope()) == once[0]


def test_words_are_never_markup():
    words = '#panic(1) $x^2$ *bold* _it_ @ref <label> `raw` "'
    report = full_report()
    speed = report.dimensions[1]
    changed = full_report(dimensions=(type(speed)(**{**fields(speed), "questions": (question(words),)}),))

    assert squeezed(words) in squeezed(said(changed, survey=words))


def fields(result):
    return {name: getattr(result, name) for name in result.__dataclass_fields__}


@pytest.mark.parametrize(("rows", "is_drawn"), [(12, True), (90, False)])
def test_what_is_too_long_to_be_read_is_a_table_alone(rows, is_drawn):
    chapter = two_ways(rows=rows)

    text = said(charts=("by-location",), chapters=(chapter,))

    assert ("too many rows to be drawn on a sheet" in " ".join(text.split())) is not is_drawn
    assert f"Row {rows - 1}" in text


def test_a_report_without_scores_says_why():
    text = said(empty_report())

    assert "Too few answers" in text
    assert re.search(r"\d\.\d\d", text) is None


def test_it_carries_the_organisations_face():
    Organisation.objects.update(
        name="Bakery", colour="#ffee00", logo=picture("PNG", (300, 100)), logo_type="image/png"
    )

    assert "Bakery" in said()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_it_speaks_the_readers_language(language):
    with translation.override(language):
        text = said()

    assert "Trend of each dimension" not in text
