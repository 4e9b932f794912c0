import pytest

from press.alone import pdf_by_itself

FORM = {
    "language": "en",
    "document": "A sign",
    "title": "How did we do?",
    "place": "",
    "address": "example.org/s/service/",
    "qr": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1h-1z"/></svg>',
    "face": {"name": "Bakery", "colour": "#1f5f8b", "logo": None},
    "words": dict.fromkeys(("scan", "open", "anonymous", "alt", "fold", "glue"), "words"),
}


def test_a_document_comes_back_from_a_process_of_its_own():
    assert pdf_by_itself("cards/printing/poster.typ", form=FORM, paper="a4").startswith(b"%PDF-")


def test_what_the_press_cannot_do_is_told_with_its_reason():
    with pytest.raises(RuntimeError, match="No such file"):
        pdf_by_itself("no_such.typ")
