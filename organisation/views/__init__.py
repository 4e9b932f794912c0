"""Pages of the organisation: all but its public face are for administrators."""

from organisation.views import audit, face, locations, members, overview, regions, touchpoints

__all__ = ["audit", "face", "locations", "members", "overview", "regions", "touchpoints"]
