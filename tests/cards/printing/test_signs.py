import pytest

from cards.printing.signs import poster_pdf, tent_pdf
from surveys.queries.sharing import link_to
from tests.cards.printing.paper import ORIGIN, codes_on, size_in_mm
from tests.factories import make_draft, make_location, make_published, make_survey, make_touchpoint
from tests.press.paper import pages, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = f"{ORIGIN}/s/service/?at=brno&tp=counter"
SIGNS = pytest.mark.parametrize("made", [poster_pdf, tent_pdf], ids=["poster", "tent"])


@pytest.fixture
def link():
    version = make_published(
        draft=make_draft(make_survey(slug="service", language="cs"), title="Jak jsme si vedli?")
    )
    places = {
        "location": make_location(code="brno", name="Brno"),
        "touchpoint": make_touchpoint(code="counter"),
    }
    return version, link_to(version.survey, origin=ORIGIN, **places)


@SIGNS
@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("us-letter", (216, 279))])
def test_sign_is_one_page_with_the_place_s_code(link, made, paper, size):
    version, address = link

    (page,) = pages(made(version.pk, address, paper=paper, language="cs"))

    assert size_in_mm(page) == size
    assert set(codes_on(page)) == {ADDRESS}


def test_tent_has_a_face_on_each_side(link):
    version, address = link

    (page,) = pages(tent_pdf(version.pk, address, paper="a4", language="cs"))

    assert codes_on(page) == [ADDRESS, ADDRESS]


@SIGNS
def test_sign_speaks_the_survey_s_language_and_shows_the_address(link, made):
    version, address = link

    said = text_of(pages(made(version.pk, address, paper="a4", language="xx"))[0])

    assert "Jak jsme si vedli?" in said
    assert "Scan the code" not in said
    assert "feedback.example.org/s/service/" in said


@SIGNS
def test_markup_in_a_title_is_printed_as_it_is_written(made):
    title = '#panic(1) $x$ *bold* ]}) "quoted"'
    version = make_published(draft=make_draft(title=title))
    places = {"location": make_location(), "touchpoint": make_touchpoint()}

    (page,) = pages(
        made(version.pk, link_to(version.survey, origin=ORIGIN, **places), paper="a4", language="en")
    )

    assert title in text_of(page)
