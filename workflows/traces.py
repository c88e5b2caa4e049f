"""Spans of requests, commands and sweeps for OpenTelemetry; nothing is imported and nothing is done unless asked for.

Asked for by the usual environment (an OTLP endpoint, OTEL_TRACES_EXPORTER or OTEL_PYTHON_TRACER_PROVIDER), as the
OpenTelemetry specification names it. Spans carry routes, ids and codes, never an address, a name or words of people.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

ASKED_BY = (
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_TRACES_EXPORTER",
    "OTEL_PYTHON_TRACER_PROVIDER",
)
NAME = "kehoach"
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class Span:
    """One span; without tracing it is nobody's, and what is told it is forgotten."""

    def __init__(self, traced: Any = None) -> None:  # noqa: ANN401 - a span of a library that may be absent
        self._traced = traced

    def rename(self, name: str) -> None:
        """Change the name, once it is known what is done."""
        if self._traced is not None:
            self._traced.update_name(name)

    def tell(self, **facts: object) -> None:
        """Add facts; `http_route` becomes http.route."""
        if self._traced is None:
            return
        for key, value in facts.items():
            if value is not None:
                self._traced.set_attribute(key.replace("_", "."), value)


NOBODYS = Span()


class _Tracing:
    """What this process traces with; None until somebody asked for it."""

    tracer: Any = None


def is_asked_for(environ: Mapping[str, str]) -> bool:
    """Whether the environment asks for traces."""
    if environ.get("OTEL_SDK_DISABLED", "").lower() == "true" or environ.get("OTEL_TRACES_EXPORTER") == "none":
        return False
    return any(environ.get(name) for name in ASKED_BY)


def begin_traces(environ: Mapping[str, str]) -> bool:
    """Trace from now on if the environment asks for it; False, with a line in the log, where that cannot be done."""
    if not is_asked_for(environ):
        return False
    try:
        trace = import_module("opentelemetry.trace")
        provider = trace.get_tracer_provider()
        if isinstance(provider, trace.ProxyTracerProvider):
            provider = _exporting_provider(environ)
            trace.set_tracer_provider(provider)
    except ImportError as missing:
        _log.warning("traces are asked for and cannot be made: %s is not installed", missing.name)
        return False
    _Tracing.tracer = provider.get_tracer(NAME)
    return True


def _exporting_provider(environ: Mapping[str, str]) -> Any:  # noqa: ANN401 - of a library that may be absent
    """The library's own provider, sending by OTLP over HTTP to where the environment says."""
    sdk = import_module("opentelemetry.sdk.trace")
    export = import_module("opentelemetry.sdk.trace.export")
    resources = import_module("opentelemetry.sdk.resources")
    otlp = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    named = {"service.name": environ.get("OTEL_SERVICE_NAME", NAME)}
    provider = sdk.TracerProvider(resource=resources.Resource.create(named))
    provider.add_span_processor(export.BatchSpanProcessor(otlp.OTLPSpanExporter()))
    return provider


@contextmanager
def span(name: str, **facts: object) -> Iterator[Span]:
    """A span around what is done inside; a failure is told by its type alone, for its words may hold anything."""
    if _Tracing.tracer is None:
        yield NOBODYS
        return
    quiet = {"record_exception": False, "set_status_on_exception": False}
    with _Tracing.tracer.start_as_current_span(name, **quiet) as traced:
        told = Span(traced)
        told.tell(**facts)
        try:
            yield told
        except Exception as failure:
            told.tell(error_type=getattr(failure, "code", type(failure).__name__))
            raise


def traced(
    name: str, facts_of: Callable[Parameters, Mapping[str, object]]
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """A function with a span around each call; `facts_of` gets what the function gets."""

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @wraps(function)
        def call(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            if _Tracing.tracer is None:
                return function(*args, **kwargs)
            with span(name, **facts_of(*args, **kwargs)):
                return function(*args, **kwargs)

        return call

    return decorate
