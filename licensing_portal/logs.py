"""Logs: one JSON line each, with the ids of request, person, case and task; never a query, a name or a number of a person."""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# IIN and BIN have twelve digits; so much stays that two of them can be told apart
_NUMBER = re.compile(r"(?<!\d)\d{8}(\d{4})(?!\d)")
_MASK = r"********\1"
# the address of a calendar is its key
_SECRET_ADDRESS = re.compile(r"(?<=/calendars/)[^/\s]+(?=\.ics)")


def without_query(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What people searched for stays out: `GET /register/?q=…` is logged as `GET /register/`; so do secret addresses."""
    if isinstance(request := event.get("request"), str):
        event["request"] = _SECRET_ADDRESS.sub("…", request.partition("?")[0])
    return event


def without_numbers(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """IIN and BIN masked in whatever is said, tracebacks too (quality.md, Security)."""
    return {key: _NUMBER.sub(_MASK, said) if isinstance(said, str) else said for key, said in event.items()}


_BEFORE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_query,
]


def configured(level: str, requests: str) -> dict[str, Any]:
    """`LOGGING` of the settings: `level` for everything, `requests` for requests and tasks.

    What libraries log takes the same way as what we log.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_BEFORE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _BEFORE,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_numbers,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        # the development server's own line repeats ours, with the query
        "loggers": {
            "django_structlog": {"level": requests},
            "django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        },
        "root": {"handlers": ["console"], "level": level},
    }
