"""What runs in the background: Celery, and what beat asks for."""

from feedback_site.settings.place import REDIS_URL, env

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "visibility_timeout": 600,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "health_check_interval": 5,  # a worker leaves a server that hangs after some ten seconds
        "max_retries": 0,  # a producer without a connection fails at once; the worker has its own patience
    }
    if REDIS_URL
    else {"polling_interval": 0.05}
)
# The tasks that the answering side asks for, without knowing what they do.
DOORBELL_TASKS = ["scoring.score_pending", "reviews.hear_pending"]
# /readyz and the log raise an alarm when the oldest unscored response is older than this.
SCORING_ALARM_SECONDS = env.int("SCORING_ALARM_SECONDS", default=300)
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=3.0)
SENDING_SECONDS = env.float("SENDING_SECONDS", default=5.0)
REPORTS_SECONDS = env.float("REPORTS_SECONDS", default=10.0)
# Each process that may draw a chart loads what draws it before anybody asks: some 100 MB of memory each.
WARM_UP = env.bool("WARM_UP", default=True)
CELERY_BEAT_SCHEDULE = {
    "sweep unscored responses": {
        "task": "scoring.score_pending",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "send the mails that are due": {
        "task": "surveys.send_mails",
        "schedule": SENDING_SECONDS,
        "options": {"expires": 30},
    },
    "sweep what was not read yet": {
        "task": "reviews.hear_pending",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "add up days, weeks and months": {
        "task": "scoring.make_blocks",
        "schedule": 5.0,  # two seconds of work at most; none while responses wait for their scores
        "options": {"expires": 5},
    },
    "draw the usual reports ahead": {
        "task": "reports.draw_ahead",
        "schedule": 5.0,  # two seconds of work at most; none while responses wait for their scores
        "options": {"expires": 5},
    },
    "compare every cell with a count from scratch": {
        "task": "scoring.recount_check",
        "schedule": 3600.0,  # does it once a day; most calls only look
        "options": {"expires": 3600},
    },
    "forget what invited people began and left": {
        "task": "surveys.drop_expired_drafts",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "erase contacts that are older than the organisation keeps them": {
        "task": "surveys.erase_old_contacts",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "erase addresses of people who were invited long ago": {
        "task": "surveys.erase_recipients",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "remove files of answers that nobody imported": {
        "task": "surveys.drop_left_files",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "remove files of mentions that nobody imported": {
        "task": "reviews.drop_left_files",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "clear files of responses away, and go on with those that stand still": {
        "task": "reports.sweep_exports",
        "schedule": REPORTS_SECONDS,
        "options": {"expires": 60},
    },
    "send the reports that are due": {
        "task": "reports.send_reports",
        "schedule": REPORTS_SECONDS,
        "options": {"expires": 30},
    },
}
