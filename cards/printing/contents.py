"""What a card says, as data for its template: the form that all cards of a run share, and what is each one's own."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cards.codes import MOST_RUNS, code_of
from cards.printing.squares import squares_of, squares_of_all
from surveys.answering.published import Published, published
from surveys.enums import RATING_LABELS, RATINGS
from surveys.queries.sharing import link_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.models import PrintRun
    from surveys.answering.published import Item

# What stands in a code's place on a card that is only looked at. No card has this code.
SAMPLE = "SAMPLE"
# The widest signs; that they check one another does not matter, for it is never printed.
LONGEST = "WWWW-WWWW"


def form_of(run: PrintRun) -> dict[str, Any]:
    """What is the same on every card of the run, in its language: no word of it is markup."""
    version = published(run.version_id, run.language)
    with translation.override(version.language):
        return {
            "language": version.language,
            "document": f"{version.title} · {run.location.name}",
            "title": version.title,
            "intro": version.intro,
            "items": [_question(item) for item in version.items],
            "labels": [(str(rating), str(RATING_LABELS[rating])) for rating in RATINGS],
            "words": _words(version),
            "has_apart": any(item.allows_not_applicable for item in version.items),
        }


def cards_of(run: PrintRun, serials: range, *, origin: str) -> Iterator[dict[str, Any]]:
    """What is each card's own: its code, the address with it as a picture, and the line for people."""
    codes = [code_of(run.pk, serial) for serial in serials]
    pictures = squares_of_all([address_of(run, code, origin=origin) for code in codes])
    with translation.override(run.language):
        for serial, code, squares in zip(serials, codes, pictures, strict=True):
            yield {
                "code": code,
                "line": line_of(run, number=run.pk, serial=serial, code=code),
                "alt": _("QR code of card %(code)s") % {"code": code},
                "qr": squares.as_svg(),
            }


def longest_of(run: PrintRun, *, origin: str) -> dict[str, Any]:
    """No card, but as large as one of the run could be: by it is measured what fits. Its code is in nobody's hands."""
    number = MOST_RUNS if run.pk is None else run.pk
    with translation.override(run.language):
        return {
            "code": LONGEST,
            "line": line_of(run, number=number, serial=run.copies, code=LONGEST),
            **_picture(run, LONGEST, origin=origin),
        }


def sample_of(run: PrintRun, *, origin: str) -> dict[str, Any]:
    """A card to look at, which nobody can hand in."""
    with translation.override(run.language):
        return {
            "code": SAMPLE,
            "line": line_of(run, number="–", serial="–", code=SAMPLE),
            **_picture(run, SAMPLE, origin=origin),
        }


def _picture(run: PrintRun, code: str, *, origin: str) -> dict[str, Any]:
    squares = squares_of(address_of(run, code, origin=origin))
    alt = _("QR code of card %(code)s") % {"code": code}
    return {"alt": alt, "qr": squares.as_svg(), "modules": squares.side}


def address_of(run: PrintRun, code: str, *, origin: str) -> str:
    """The survey's public address at the run's place, with the version and the card."""
    survey = run.version.survey
    link = link_to(survey, location=run.location, touchpoint=run.touchpoint, origin=origin)
    return f"{link.url}&v={run.version.number}&card={code}"


def line_of(run: PrintRun, *, number: int | str, serial: int | str, code: str) -> str:
    """All that the square code says, for people. Its parts break at the dots only."""
    parts = [
        run.version.survey.slug,
        _("version %(number)s") % {"number": run.version.number},
        run.location.code,
        run.touchpoint.code,
        _("run %(number)s") % {"number": number},
        _("card %(serial)s of %(all)s") % {"serial": _whole(serial), "all": _whole(run.copies)},
        code,
    ]
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)


def _whole(number: int | str) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def _question(item: Item) -> dict[str, Any]:
    letters = zip(ascii_lowercase, item.options, strict=False)
    return {
        "position": item.position,
        "kind": item.kind,
        "section": item.section,
        "text": item.text,
        "help": item.help_text,
        "apart": item.allows_not_applicable,
        "options": [(letter, option.label) for letter, option in letters],
    }


def _words(version: Published) -> dict[str, str]:
    has_ratings = any(item.is_rating for item in version.items)
    how = _("Tick one box in each line, with a pen. The wrong box? Fill it in and tick the right one.")
    return {
        "how": how if has_ratings else _("Please use a pen."),
        "direction": _("1 is the worst, 5 the best."),
        "does_not_apply": _("Does not apply"),
        "one": _("Tick one."),
        "several": _("Tick all that apply."),
        "online": _("Or answer online: scan the code."),
        "turn": _("Please turn over."),
        "privacy": _privacy(version),
    }


def _privacy(version: Published) -> str:
    purpose = _("Your answers are used only to measure and improve our service.")
    if version.is_anonymous:
        kept = _("They are anonymous: the number counts cards, not people.")
    else:
        kept = _("They are kept with the place and the time of your visit.")
    return f"{purpose} {kept}"
