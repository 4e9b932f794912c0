"""Print runs as they are listed, and what of them has come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cards.models import Card, PrintRun

if TYPE_CHECKING:
    from cards.models.printing import PrintRunQuerySet
    from organisation.models import Member


def print_runs(member: Member) -> PrintRunQuerySet:
    """The runs of the locations that the member sees, newest first, each with `keyed`: how many of its cards have
    been keyed so far.
    """
    # Counted for the runs of one page only, not for all before they are cut to a page.
    back = Card.objects.keyed().filter(print_run=OuterRef("pk")).order_by().values("print_run")
    keyed = Coalesce(Subquery(back.annotate(count=Count("pk")).values("count")), 0)
    shown = ("version__survey", "location", "touchpoint", "printed_by")
    return PrintRun.objects.visible_to(member).select_related(*shown).annotate(keyed=keyed).order_by("-pk")
