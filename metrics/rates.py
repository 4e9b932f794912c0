from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; at least one could have been."""

    finished: int
    invited: int

    def __post_init__(self) -> None:
        if not 0 <= self.finished <= self.invited or self.invited == 0:
            raise ValueError(f"{self.finished} of {self.invited} is not a rate.")

    @property
    def share(self) -> float:
        """The share finished / invited, 0..1."""
        return self.finished / self.invited

    @property
    def percent(self) -> int:
        """The share in whole per cent, 0..100, halves rounded up."""
        return (200 * self.finished + self.invited) // (2 * self.invited)


def response_rate(finished: int, invited: int | None) -> Rate | None:
    """How many of the invited finished: finished / invited, 0..1.

    Both count people: an invitation sent twice is one, and answers through an open link, a kiosk or a card have
    no invitation and belong to neither number. None: nobody was invited or it is not known how many, so the
    rate is unknown, not 0. ValueError: more finished than were invited, which can only be a mistake in counting.
    Source: AAPOR, Standard Definitions, RR1, everyone invited taken as eligible.
    """
    if finished < 0 or (invited is not None and invited < finished):
        raise ValueError(f"{finished} of {invited} cannot have finished.")
    return Rate(finished, invited) if invited else None
