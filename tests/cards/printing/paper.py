"""Printed pages as somebody without the program would read them: as a picture, and as text."""

from functools import cache

import zxingcpp

from tests.factories import make_draft, make_published, make_question, make_survey

ORIGIN = "https://feedback.example.org"
POINTS_IN_MM = 72 / 25.4


def picture(page, *, dpi=200):
    return page.render(scale=dpi / 72, grayscale=True).to_pil()


def codes_on(page):
    """The addresses in all QR codes of a page, from top left to bottom right."""
    found = zxingcpp.read_barcodes(picture(page), formats=zxingcpp.BarcodeFormat.QRCode)
    places = sorted(found, key=lambda code: (code.position.top_left.y // 100, code.position.top_left.x))
    return [code.text for code in places]


def size_in_mm(page):
    return tuple(round(side / POINTS_IN_MM) for side in page.get_size())


@cache
def ratings(count):
    return tuple((f"measure{number}", "quality") for number in range(1, count + 1))


def make_mixed(**fields):
    """Ratings in two sections, a choice, several choices and a text, in this order."""
    survey = make_survey(**{"slug": "service", **fields})
    version = make_draft(survey, questions=(), title="How did we do today?", intro="Thank you for coming in.")
    options = [{"key": "shop", "label": "In the shop"}, {"key": "web", "label": "On the website"}]
    make_question(version, 1, key="overall", dimension="overall", text="Overall?", section="All in all")
    make_question(version, 2, key="wait", dimension="speed", text="The wait?", allows_not_applicable=False)
    make_question(version, 3, key="place", kind="single_choice", text="Where was it?", options=options)
    make_question(
        version,
        4,
        key="means",
        kind="several_choices",
        text="How did you come?",
        section="You",
        options=options,
    )
    make_question(version, 5, key="comment", kind="text", text="What could be better?")
    return make_published(draft=version)
