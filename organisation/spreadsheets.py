"""Texts on their way into a spreadsheet, which must take none of them for a formula."""

# With one of these a spreadsheet takes a cell for a formula; in East Asia with their wide forms, too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_text(text: str) -> str:
    """The text for a cell of a CSV file. What could be a formula has an apostrophe before it, which is not shown."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
