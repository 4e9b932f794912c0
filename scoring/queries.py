from datetime import datetime, timedelta


def oldest_unscored_age(*, now: datetime) -> timedelta:
    raise NotImplementedError
