"""Printed pages as somebody without the program would read them."""

import pypdfium2


def pages(pdf):
    return pypdfium2.PdfDocument(pdf)


def text_of(page):
    return " ".join(page.get_textpage().get_text_range().replace("\u200b", "").split())
