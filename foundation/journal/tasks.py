"""Three-line tasks: deliver what is owed, anchor the journal."""

import logging

from celery import shared_task
from django.conf import settings

from foundation.journal import anchors, services
from foundation.kernel.clock import legal_now

_log = logging.getLogger(__name__)


@shared_task(name="foundation.journal.tasks.deliver")
def deliver() -> int:
    return services.deliver_open()


@shared_task(name="foundation.journal.tasks.anchor")
def anchor() -> None:
    anchors.anchor_due(legal_now().date())


def wake() -> None:
    """Ask for a delivery round now; without a broker the beat does it within seconds."""
    if settings.TESTING:
        return
    try:
        deliver.apply_async(expires=30, retry=False)
    except OSError as error:
        _log.warning("broker not reachable: %s", type(error).__name__)
