"""Workbooks, read by a reader that shares no code with the writer."""

from io import BytesIO

from python_calamine import CalamineWorkbook


def sheets_of(content):
    """Rows by the name of their sheet."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
