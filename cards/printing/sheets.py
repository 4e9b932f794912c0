"""Print runs as PDF, in parts of a size that is made in about a second; a card to look at; and which sizes fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cards.printing.contents import cards_of, form_of, longest_of, sample_of
from press import typesetting
from press.alone import pdf_by_itself
from press.faces import face

if TYPE_CHECKING:
    from cards.models import PrintRun

# A multiple of two and of four, so that no sheet is cut short. What it costs: docs/decisions/0015.
CARDS_IN_A_PART = 240
PREVIEW_PPI = 110


class DoesNotFit(Exception):
    """The card has become too large for its size since it was recorded: the organisation has a longer name, say."""


@dataclass(frozen=True, slots=True)
class Part:
    """Cards that come out in one file."""

    number: int
    serials: range

    @property
    def first(self) -> int:
        return self.serials[0]

    @property
    def last(self) -> int:
        return self.serials[-1]


def parts_of(run: PrintRun) -> list[Part]:
    starts = range(1, run.copies + 1, CARDS_IN_A_PART)
    return [
        Part(number, range(start, min(start + CARDS_IN_A_PART, run.copies + 1)))
        for number, start in enumerate(starts, start=1)
    ]


def part_pdf(run: PrintRun, part: Part, *, origin: str) -> bytes:
    """The cards of that part, on sheets of the run's paper. The same run gives the same bytes. Raises DoesNotFit."""
    cards = list(cards_of(run, part.serials, origin=origin))
    try:
        return pdf_by_itself("cards/printing/sheet.typ", form=_form(run, origin), cards=cards, **_size(run))
    except typesetting.Refused as refused:
        raise DoesNotFit from refused


def preview_png(run: PrintRun, *, origin: str) -> bytes:
    """One card, or its first side, as it will look."""
    card = sample_of(run, origin=origin)
    return typesetting.png(
        "cards/printing/preview.typ", ppi=PREVIEW_PPI, form=_form(run, origin), card=card, **_size(run)
    )


def sides_by_size(run: PrintRun, *, origin: str) -> dict[str, dict[int, int]]:
    """By paper and cards on a page, how many sides a card of this run's form takes there; 0 where it does not fit.
    Found by setting it, not by counting questions.
    """
    found: dict[str, dict[str, int]] = typesetting.measured("cards/printing/fit.typ", form=_form(run, origin))
    return {
        paper: {int(per_page): sides for per_page, sides in sizes.items()} for paper, sizes in found.items()
    }


def _form(run: PrintRun, origin: str) -> dict[str, Any]:
    return {**form_of(run), "face": face(), "longest": longest_of(run, origin=origin)}


def _size(run: PrintRun) -> dict[str, str]:
    return {"paper": run.paper, "per_page": str(run.per_page)}
