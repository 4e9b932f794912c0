"""Workbooks for tests, honest and otherwise."""

import zipfile

import xlsxwriter


def write_workbook(path, rows, *, sheet="Answers", also=(), at=(0, 0), day_format="yyyy-mm-dd"):
    """A workbook with these rows; `also` names further, empty sheets."""
    with xlsxwriter.Workbook(path, {"default_date_format": day_format}) as book:
        page = book.add_worksheet(sheet)
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write(at[0] + number, at[1] + column, cell)
        for name in also:
            book.add_worksheet(name)
    return path


def write_sheets(path, **rows_of):
    """A workbook with each of these sheets."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in rows_of.items():
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
    return path


def write_far_cell(path):
    """Five kilobytes with a cell in the last row of the last column, for which a reader may want 400 GB."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Speed")
        page.write(1_048_575, 16_383, 5)
    return path


def replace_part(path, part, change):
    """The workbook with one of its parts rewritten: `change` takes and returns the part's bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
