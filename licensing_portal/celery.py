"""The Celery app and its schedule: tasks by name, so that wiring imports no app."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "licensing_portal.settings")
os.environ["PYTHONTZPATH"] = ""

app = Celery("licensing_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(
    DjangoStructLogInitStep
)  # ids of the task and of the request that asked for it in its logs
app.conf.beat_schedule = {
    "deliver-facts": {"task": "foundation.journal.tasks.deliver", "schedule": 2.0},
    "watch-deadlines": {"task": "casework.deadlines.tasks.watch", "schedule": 60.0},
    "count-months": {"task": "casework.deadlines.tasks.keep_month_tallies", "schedule": 3600.0},
    "scan-waiting-files": {"task": "casework.documents.tasks.sweep_scans", "schedule": 60.0},
    "sweep-challenges": {"task": "foundation.accounts.tasks.sweep", "schedule": 3600.0},
    "expire-licences": {"task": "licenses.tasks.expire_due", "schedule": 3600.0},
    "remind-of-expiry": {"task": "licenses.tasks.remind_of_expiry", "schedule": 3600.0},
    "look-at-suspensions": {"task": "licenses.tasks.look_at_suspensions", "schedule": 3600.0},
    "sweep-answers": {"task": "foundation.kernel.tasks.sweep", "schedule": 3600.0},
    "sweep-registers": {"task": "foundation.egov.tasks.sweep", "schedule": 3600.0},
    "sweep-drafts": {"task": "applications.tasks.sweep_drafts", "schedule": 86400.0},
    "remind-of-fees": {"task": "applications.tasks.remind_of_fees", "schedule": 3600.0},
    "anchor-journal": {"task": "foundation.journal.tasks.anchor", "schedule": 3600.0},
}
