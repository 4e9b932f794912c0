"""How often the comments of surveys have moved, added up."""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from reviews.models import CommentMove

# So few rows are added up by whoever reads them.
FEW = 200


def add_up_moves() -> int:
    """One row in place of many, where there are many; returns how many went. Their sum is the same at every moment."""
    return _add_up() if CommentMove.objects.all()[FEW:].exists() else 0


@transaction.atomic
def _add_up() -> int:
    rows = CommentMove.objects.select_for_update(skip_locked=True).values_list("pk", "survey", "number")
    keys, sums = [], Counter[int]()
    for key, survey, number in rows:
        keys.append(key)
        sums[survey] += number
    CommentMove.objects.filter(pk__in=keys).delete()
    CommentMove.objects.bulk_create(CommentMove(survey_id=survey, number=n) for survey, n in sums.items())
    return len(keys)
