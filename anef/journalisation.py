"""Structured logs, one JSON object a line, with a request id and without personal data."""

import logging.config
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.tracebacks import ExceptionDictTransformer

# The reference shown on error pages: short enough to be read over the telephone.
LONGUEUR_REFERENCE = 12


def configurer(options: dict[str, str]) -> None:
    """Set up logging; `options` is {"level": name}. Called by Django as LOGGING_CONFIG."""
    communs = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # Local variables would carry names, numbers and addresses into the logs.
        structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
    ]
    structlog.configure(
        processors=[*communs, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(),
                    ],
                    "foreign_pre_chain": communs,
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["console"], "level": options["level"]},
            # These narrate each login and each document at INFO.
            "loggers": {
                "axes": {"level": "WARNING"},
                "fontTools": {"level": "ERROR"},
                "weasyprint": {"level": "ERROR"},
            },
        }
    )


class RequeteMiddleware:
    """Give each request a reference that logs and error pages share."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = uuid.uuid4().hex[:LONGUEUR_REFERENCE].upper()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(requete=request.reference)
        reponse = self.get_response(request)
        reponse["X-Request-Id"] = request.reference
        return reponse
