"""Printed pages as somebody without the program would read them."""

from ctypes import create_string_buffer

import pypdfium2
from pypdfium2 import raw


def pages(pdf):
    return pypdfium2.PdfDocument(pdf)


def text_of(page):
    return " ".join(page.get_textpage().get_text_range().replace("\u200b", "").split())


def tags_of(page):
    """(type, text instead) of each tag of a page, as a reading aid finds them, in its order."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _tags(raw.FPDF_StructTree_GetChildAtIndex(tree, at))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _tags(element):
    yield (_told(raw.FPDF_StructElement_GetType, element), _told(raw.FPDF_StructElement_GetAltText, element))
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            yield from _tags(child)


def _told(ask, element):
    size = ask(element, None, 0)
    buffer = create_string_buffer(size)
    ask(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
