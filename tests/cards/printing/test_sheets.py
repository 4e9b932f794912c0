"""Printed cards, read back from pictures and text of the pages by readers that know nothing of the program."""

import re
from io import BytesIO

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image

from cards.codes import BadCode, code_of, read_code
from cards.printing.sheets import DoesNotFit, part_pdf, parts_of, preview_png, sides_by_size
from organisation.models import Location, Organisation, Touchpoint
from press.typesetting import ROOT
from surveys.actions.lifecycle import create_survey
from surveys.actions.publishing import publish_draft
from surveys.starters import SERVICE
from tests.cards.printing.paper import ORIGIN, codes_on, make_mixed, ratings, size_in_mm
from tests.factories import (
    make_draft,
    make_location,
    make_published,
    make_question,
    make_survey,
    make_touchpoint,
)
from tests.factories.cards import make_print_run
from tests.factories.surveys import NOW
from tests.organisation.pictures import picture
from tests.press.paper import pages, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SIZES = {
    ("a4", 1): (210, 297),
    ("a4", 2): (210, 297),
    ("a4", 4): (297, 210),
    ("us-letter", 1): (216, 279),
    ("us-letter", 2): (216, 279),
    ("us-letter", 4): (279, 216),
}


def make_run(version=None, **fields):
    """Five cards for the counter in Brno."""
    places = {
        "location": Location.objects.filter(code="brno").first()
        or make_location(code="brno", name="Brno, náměstí Svobody"),
        "touchpoint": Touchpoint.objects.filter(code="counter").first() or make_touchpoint(code="counter"),
    }
    return make_print_run(version or make_published(), **{**places, "copies": 5, **fields})


def pdf_of(run, number=1):
    return part_pdf(run, parts_of(run)[number - 1], origin=ORIGIN)


def address(run, serial):
    number, slug = run.version.number, run.version.survey.slug
    return f"{ORIGIN}/s/{slug}/?at=brno&tp=counter&v={number}&card={code_of(run.pk, serial)}"


@pytest.mark.parametrize(("paper", "per_page"), SIZES)
def test_every_code_is_read_back_from_the_picture_of_the_page(paper, per_page):
    run = make_run(paper=paper, per_page=per_page)

    printed = pages(pdf_of(run))

    assert [code for page in printed for code in codes_on(page)] == [address(run, n) for n in range(1, 6)]
    assert {size_in_mm(page) for page in printed} == {SIZES[paper, per_page]}


@pytest.mark.parametrize("per_page", [1, 2, 4])
def test_each_card_says_in_words_what_its_code_says(per_page):
    run = make_run(per_page=per_page, copies=per_page)

    said = text_of(pages(pdf_of(run))[0])

    for serial in range(1, per_page + 1):
        line = f"brno · counter · run {run.pk} · card {serial} of {per_page} · {code_of(run.pk, serial)}"
        assert f"{run.version.survey.slug} · version 1 · {line}" in said


def test_card_reads_in_the_order_of_the_screen():
    said = text_of(pages(pdf_of(make_run(make_mixed(), copies=1)))[0])

    wanted = [
        "How did we do today?",
        "Thank you for coming in.",
        "All in all",
        "1 is the worst, 5 the best.",
        "1 Very poor 2 Poor 3 Fair 4 Good 5 Excellent Does not apply",
        "1 Overall? 1 2 3 4 5",
        "2 The wait? 1 2 3 4 5",
        "3 Where was it? Tick one. a In the shop b On the website",
        "You",
        "4 How did you come? Tick all that apply. a In the shop b On the website",
        "5 What could be better?",
        "Your answers are used only to measure and improve our service. They are anonymous:",
    ]
    places = [said.find(words) for words in wanted]
    assert -1 not in places, said
    assert places == sorted(places)


def test_named_answers_are_not_called_anonymous():
    run = make_run(make_published(make_survey(is_anonymous=False)), copies=1)

    said = text_of(pages(pdf_of(run))[0])

    assert "anonymous" not in said
    assert "kept with the place and the time" in said


def test_card_speaks_the_language_of_its_run():
    version = make_published(draft=make_draft(make_survey(language="cs"), title="Jak jsme si vedli?"))

    said = text_of(pages(pdf_of(make_run(version, copies=1)))[0])

    assert "1 Velmi špatně 2 Špatně 3 Průměrně 4 Dobře 5 Skvěle" in said
    assert "1 je nejhorší" in said


MARKUP = [
    '#panic(1) #read("/etc/passwd") $x^2$ *bold* _it_ @ref <label> `raw`',
    "\\u{41} // no comment /* nor this */ https://example.org",
    "“Quotes” \" ' and = heading - list + enum / term: 1. ~ --",
    "]}) #let x = [",
]


@pytest.mark.parametrize("words", MARKUP)
def test_markup_in_a_question_is_printed_as_it_is_written(words):
    version = make_draft(make_survey(), questions=(), title=words)
    make_question(version, 1, key="one", dimension="quality", text=words, help_text=words, section=words)

    said = text_of(pages(pdf_of(make_run(make_published(draft=version), copies=1)))[0])

    # A line may end within the words.
    assert "".join(said.split()).count("".join(words.split())) == 4


@pytest.mark.parametrize(
    "words", ["كيف كانت خدمتنا؟", "איך היה השירות?", "😀 🏳️‍🌈 👩🏽‍🚀", "服务怎么样？", "\U0010fffd", "á́́́"]
)
def test_signs_of_any_writing_are_no_obstacle(words):
    version = make_draft(make_survey(), questions=(), title=words)
    make_question(version, 1, key="one", dimension="quality", text=words)
    run = make_run(make_published(draft=version), copies=1)

    assert codes_on(pages(pdf_of(run))[0]) == [address(run, 1)]


def test_long_word_breaks_instead_of_running_into_the_boxes():
    words = "https://example.org/" + "W" * 300
    version = make_draft(make_survey(), questions=(), title="Title")
    make_question(version, 1, key="one", dimension="quality", text=words)

    page = pages(pdf_of(make_run(make_published(draft=version), copies=1, per_page=1)))[0]

    text = page.get_textpage()
    right = max(
        text.get_charbox(at)[2] for at in range(text.count_chars()) if text.get_text_range(at, 1) == "W"
    )
    first_box = min(
        text.get_charbox(at)[0] for at in range(text.count_chars()) if text.get_text_range(at, 4) == "Very"
    )
    assert right < first_box


def test_twenty_questions_have_room_on_a_page():
    run = make_run(make_published(questions=ratings(20)), copies=1)

    printed = pages(pdf_of(run))

    assert len(printed) == 1
    assert "20 How was the measure20?" in text_of(printed[0])
    assert codes_on(printed[0]) == [address(run, 1)]


def test_what_fits_is_measured():
    short = sides_by_size(make_run(make_published()), origin=ORIGIN)
    long = sides_by_size(make_run(make_published(questions=ratings(20))), origin=ORIGIN)

    assert short == {paper: {1: 1, 2: 1, 4: 1} for paper in ("a4", "us-letter")}
    assert long == {paper: {1: 1, 2: 0, 4: 0} for paper in ("a4", "us-letter")}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_service_survey_fits_on_half_a_page_in_every_language(language):
    survey = create_survey(
        name="Service", by=None, now=NOW, starter=SERVICE, language=language, slug="service"
    )
    publish_draft(survey=survey, by=None, now=NOW)
    survey.refresh_from_db()

    sides = sides_by_size(make_run(survey.live_version), origin=ORIGIN)

    assert {paper: (found[1], found[2]) for paper, found in sides.items()} == {
        "a4": (1, 1),
        "us-letter": (1, 1),
    }


def make_endless(slug="endless"):
    version = make_draft(make_survey(slug=slug), questions=(), title="Everything")
    options = [{"key": f"o{number}", "label": f"{number} {'long words ' * 8}"} for number in range(20)]
    for position in range(1, 7):
        make_question(
            version,
            position,
            key=f"q{position}",
            kind="several_choices",
            text=f"Which of {position}?",
            options=options,
        )
    return make_published(draft=version)


def test_card_that_needs_more_goes_on_overleaf_with_its_code_on_each_side():
    run = make_run(make_endless(), copies=2)
    sides = sides_by_size(run, origin=ORIGIN)["a4"][1]

    printed = pages(pdf_of(run))

    assert sides > 2
    assert sides % 2 == 0
    assert len(printed) == 2 * sides
    written = [text_of(page) for page in printed]
    codes = [codes_on(page) for page in printed]
    assert codes == [
        [address(run, serial)] if "Which of" in side else []
        for serial, side in zip([1] * sides + [2] * sides, written, strict=True)
    ]
    assert [side.count("Please turn over.") for side in written[:2]] == [1, 1]
    assert sum("6 Which of 6?" in side for side in written) == 2


def test_card_that_does_not_fit_is_refused_and_not_cut():
    run = make_run(make_published(questions=ratings(20)), per_page=4)

    with pytest.raises(DoesNotFit):
        pdf_of(run)


def test_same_run_is_the_same_file_and_says_no_date():
    run = make_run()

    one, other = pdf_of(run), pdf_of(run)

    assert one == other
    assert b"CreationDate" not in one
    assert b"ModDate" not in one


def test_file_is_tagged_and_knows_its_language():
    document = pages(pdf_of(make_run()))

    assert document.is_tagged()
    assert document.get_metadata_value("Title").startswith("How did we do? · Brno")


def test_parts_hold_every_card_once():
    run = make_run(copies=1000)

    parts = parts_of(run)

    assert [serial for part in parts for serial in part.serials] == list(range(1, 1001))
    assert [part.number for part in parts] == [1, 2, 3, 4, 5]
    assert len(pages(part_pdf(run, parts[4], origin=ORIGIN))) == len(parts[4].serials)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_logo_stands_on_the_card(kind):
    plain = pdf_of(run := make_run(copies=1))
    Organisation.objects.update(logo=picture(kind, (400, 100)), logo_type=f"image/{kind.lower()}")

    assert len(pdf_of(run)) > len(plain)
    assert codes_on(pages(pdf_of(run))[0]) == [address(run, 1)]


def test_boxes_are_large_enough_for_a_pen():
    sides = [
        float(side)
        for side in re.findall(r"box: ([\d.]+)mm", (ROOT / "cards" / "printing" / "sizes.typ").read_text())
    ]

    assert len(sides) == 12
    assert min(sides) >= 5


def test_preview_shows_a_card_that_nobody_can_hand_in():
    image = Image.open(BytesIO(preview_png(make_run(per_page=4), origin=ORIGIN)))

    (found,) = zxingcpp.read_barcodes(image.resize((image.width * 2, image.height * 2)))

    assert found.text.endswith("&v=1&card=SAMPLE")
    with pytest.raises(BadCode):
        read_code(found.text)
