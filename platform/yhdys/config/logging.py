"""Log lines: one event a line, with the region and the request, and without personal data."""

import logging.config
import re
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from yhdys.tenancy.context import current_scope

ADDRESS = re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:=]+")
"""Anything that looks like an e-mail address; rather too much than too little."""
HIDDEN = "[address]"


def configure(options: Mapping[str, Any]) -> None:
    """Django's ``LOGGING_CONFIG``. ``options``: ``format`` is ``json`` or ``console``, ``level`` a name of a level."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *FORMATS[options["format"]],
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                # Our own handlers only: Django's would write each line a second time, or mail it.
                "django": {"handlers": [], "level": "INFO", "propagate": True},
                "django.server": {"handlers": [], "level": "INFO", "propagate": True},
                # It repeats the whole SQL, with its values, at DEBUG.
                "django.db.backends": {"level": "INFO"},
                # A line for each message received and done; the outbox tells of its effects itself.
                "celery.app.trace": {"level": "WARNING"},
                "celery.worker.strategy": {"level": "WARNING"},
            },
        }
    )


def add_region(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Say for which region the line was written; ``public`` on the national site, nothing outside every scope."""
    scope = current_scope()
    if scope is not None:
        event.setdefault("region", scope.schema)
    return event


def hide_addresses(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Take e-mail addresses out of every text of the line, tracebacks included."""
    return {key: _hidden(value) for key, value in event.items()}


def _hidden(value: Any) -> Any:
    if isinstance(value, str):
        return ADDRESS.sub(HIDDEN, value)
    if isinstance(value, Mapping):
        return {key: _hidden(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(inner) for inner in value]
    return value if isinstance(value, int | float | bool | None) else ADDRESS.sub(HIDDEN, str(value))


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    add_region,
]
FORMATS: dict[str, list[Processor]] = {
    "json": [
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        hide_addresses,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    "console": [
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        hide_addresses,
        structlog.dev.ConsoleRenderer(colors=False),
    ],
}
