"""Liveness, readiness and metrics at the root (api.md): for supervisors and load balancers, without an account."""

from collections.abc import Callable

import structlog
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from casework.deadlines.selectors import heartbeat, watch_is_stale
from licensing_portal.celery import app

BROKER_TIMEOUT_S = 1.0
_log = structlog.get_logger(__name__)


class NotReady(Exception):  # noqa: N818 -- reads as what it says
    """One part does not answer; the message says which and what was seen."""


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Database, broker and the watch's heartbeat; 503 names what is missing."""
    found = {name: _tried(name, check) for name, check in _CHECKS.items()}
    ready = all(answer == "ok" for answer in found.values())
    body = {"status": "ok" if ready else "not ready", "checks": found}
    return JsonResponse(body, status=200 if ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus; counts and times only, no personal data."""
    response: HttpResponse = ExportToDjangoView(request)
    return response


def _tried(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except (NotReady, DatabaseError, KombuError, RedisError, OSError) as error:
        _log.warning("not_ready", part=name, reason=f"{type(error).__name__}: {error}")
        return str(error) if isinstance(error, NotReady) else f"no answer ({type(error).__name__})"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    with app.connection_for_write(
        transport_options={"socket_connect_timeout": BROKER_TIMEOUT_S, "socket_timeout": BROKER_TIMEOUT_S}
    ) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_TIMEOUT_S)


def _watch() -> None:
    if watch_is_stale():
        last = heartbeat()
        seen = f"last seen {last.beat_at:%Y-%m-%dT%H:%M:%SZ}" if last else "never seen"
        raise NotReady(f"the watch over terms is silent: {seen}")


_CHECKS: dict[str, Callable[[], None]] = {"database": _database, "broker": _broker, "watch": _watch}
