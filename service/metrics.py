"""Figures for Prometheus: requests as this process sees them, the office's work as the database knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from service.upkeep import Upkeep, upkeep_of
from workflows.actions.automation import AUTOMATION, DISTRIBUTION
from workflows.store.database import Database
from workflows.store.screens.figures import Figures, figures

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
# Which open jobs of the program wait for which sweep.
TOPICS = {"run_jobs": AUTOMATION.keys() - DISTRIBUTION, "distribute": DISTRIBUTION}
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The figures of one web process; each has a registry of its own, so that tests do not count each other."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "kehoach_request_seconds",
            "Answered requests by route, never by address: addresses hold secrets.",
            ("method", "route", "status"),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._registry.register(_OfTheOffice(database, clock))

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)


class _OfTheOffice(Collector):
    """Asks the database each time that somebody looks."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def describe(self) -> list[Metric]:
        """Nothing in advance: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures of this instant; without a database only that there is none."""
        try:
            with self._database.read() as connection:
                now = self._clock()
                found, kept = figures(connection, now, TOPICS), upkeep_of(connection, now)
        except SQLAlchemyError:
            yield GaugeMetricFamily("kehoach_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("kehoach_up", "Whether the database answers.", value=1)
        yield from _families(found)
        yield from _of_upkeep(kept)


def _families(found: Figures) -> Iterator[Metric]:
    yield _labelled("kehoach_open_tasks", "Open work items of people.", "process", found.open_tasks)
    yield GaugeMetricFamily("kehoach_overdue_tasks", "Open work items whose due date is over.", found.overdue_tasks)
    yield _labelled("kehoach_letters", "Letters by what became of them.", "status", found.letters)
    yield GaugeMetricFamily("kehoach_untold", "Occasions of which nobody was written to yet.", found.untold)
    yield GaugeMetricFamily("kehoach_incidents", "Open incidents.", found.incidents)
    yield _labelled("kehoach_sweep_lag_seconds", "For how long the oldest due row has been lying.", "kind", found.lag)
    yield _labelled("kehoach_sweep_age_seconds", "Since the last sweep ended.", "kind", found.sweep_age)
    failed = dict.fromkeys(found.failed_sweeps, 1)
    yield _labelled("kehoach_sweep_failed", "Sweeps whose last run failed.", "kind", failed)


def _of_upkeep(kept: Upkeep) -> Iterator[Metric]:
    """What has no age is left out: an alert on absence tells it from a good one."""
    ages = {
        ("kehoach_backup_age_seconds", "Since the newest copy by kehoach backup."): kept.backup_age,
        ("kehoach_prefect_age_seconds", "Since Prefect last began a round."): kept.prefect_age,
        ("kehoach_certificate_seconds_left", "Until the certificate that ends first does."): kept.certificate_left,
    }
    for (name, meaning), age in ages.items():
        if age is not None:
            yield GaugeMetricFamily(name, meaning, value=age.total_seconds())


def _labelled(name: str, meaning: str, label: str, values: object) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=(label,))
    assert isinstance(values, dict)
    for value, number in sorted(values.items()):
        family.add_metric((value,), number)
    return family
