"""`/reviews/locations/`: which location its customers praise most in public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from metrics.ranking import WEIGHT
from organisation.access import members
from reviews.queries.ranking import ranking_of
from reviews.rules import may_moderate
from reviews.views.pages import section_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest

ROWS_ON_A_PAGE = 50


@require_safe
@members(may_moderate)
def ranking(request: MemberRequest) -> HttpResponse:
    found = ranking_of(request.user)
    page = Paginator(found.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "too_few": found.too_few, "minimum": found.minimum, "weight": WEIGHT}
    return section_page(request, "ranking", "reviews/ranking.html", context)
