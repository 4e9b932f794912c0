"""Which scores without the flagged responses must not be shown, as reports with other filters are near: what is flagged and
what is not are looked at like all responses, each for itself. It needs numpy: import it late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reports.neighbours import Cube
from reports.suppression import RESPONSES

if TYPE_CHECKING:
    from reports.flagged.counted import Flagged, Place
    from reports.neighbours import Array
    from reports.queries import Reader


def near_flagged(reader: Reader, found: Flagged) -> frozenset[str]:
    """The dimensions in which another choice has nearly the same flagged responses, or nearly the same of the others; and
    RESPONSES, of all that are flagged.
    """
    names, choice = (RESPONSES, *reader.dimensions), reader.choice
    whole = _whole(reader)
    places = list(dict.fromkeys([*whole, *found.apart]))
    if not places:
        return frozenset()
    parts = [list(dict.fromkeys(some)) for some in zip(*places, strict=True)]
    numbers = [{part: at for at, part in enumerate(some)} for some in parts]
    n = np.zeros((*map(len, parts), 2, len(names)))
    for place in places:
        flagged = np.array([found.apart[place][name] if place in found.apart else 0 for name in names])
        everything = whole.get(place, flagged)
        at = tuple(number[part] for number, part in zip(numbers, place, strict=True))
        n[at] = flagged, everything - flagged
    cube = Cube(choice.facets, parts, n.reshape(*n.shape[:3], -1))
    pick = (choice.locations.chosen, choice.touchpoints.chosen, choice.modes.chosen)
    rests = np.roll(np.arange(2 * len(names)), len(names)).tolist()
    near = cube.near([pick], reader.survey.minimum, in_one_facet=False, rests=rests)
    near = near.reshape(2, len(names)).any(axis=0)
    return frozenset(name for name, one in zip(names, near, strict=True) if one)


def _whole(reader: Reader) -> dict[Place, Array]:
    """By location, touchpoint and mode, all responses and those that rated each dimension, flagged or not."""
    whole: dict[Place, Array] = {}
    for location, touchpoint, mode, counts in reader.apart_rows():
        place = location, touchpoint, mode
        whole[place] = whole.get(place, 0) + np.array(counts)
    return whole
