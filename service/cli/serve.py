"""`kehoach serve`: everything on one machine; the pages at once, the clock beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from typing import Annotated

import typer

from notifications.smtp_post_office import PostOffice
from service.clock.prefect_child import PrefectChild
from service.settings import Settings
from workflows.actions.deploy import LIBRARY, deploy_library
from workflows.actions.desk import Desk
from workflows.actions.load_functions import load_functions
from workflows.engine.actor import CLOCK
from workflows.store import clockwork
from workflows.store.database import Database

from . import demo
from .answers import verb_app
from .fit_to_start import opened_to_serve
from .installation import environment_of_rounds, now, settings_of_pages
from .pages_process import Beside, application, listen, serve_pages, tell_address, ticker

app = verb_app("Chạy tất cả trên một máy: các trang, đồng hồ, gửi thư.")
YEARS_AHEAD = 3
# The setting that keeps which process files were deployed last.
SHIPPED = "shipped_processes"


@app.command(name="serve")
def serve(
    with_demo: Annotated[
        bool, typer.Option("--demo", help="Tỉnh mẫu với năm kế hoạch thật, thư hiện ở /hop-thu")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Cùng --demo: bỏ dữ liệu mẫu cũ, làm lại từ đầu")] = False,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Cổng của các trang")] = None,
    no_prefect: Annotated[bool, typer.Option("--no-prefect", help="Đồng hồ của các trang, không Prefect")] = False,
    no_clock: Annotated[bool, typer.Option("--no-clock", help="Không có việc nào chạy theo lịch")] = False,
) -> None:
    """Chạy cho đến khi được dừng (Ctrl-C)."""
    if fresh and not with_demo:
        raise typer.BadParameter("--fresh chỉ dùng cùng với --demo")
    settings = settings_of_pages(port, **(demo.given(os.environ) if with_demo else {}))
    functions = load_functions(settings.functions)
    with listen(settings) as sock, _letter_box(settings) as (settings_with_mail, office):
        if settings.demo:
            demo.prepare(settings, fresh=fresh)
        with opened_to_serve(settings, upgrade=True) as database:
            _prepare(database, settings)
            if office is not None:
                demo.hang_letters(settings, database, office)
            clock = None if no_clock else ticker(settings_with_mail, database, functions)
            beside: list[Beside] = [clock] if clock else []
            if clock and not no_prefect:
                beside.append(_prefect(settings_with_mail))
            pages = application(settings_with_mail, database, clock, functions, office)
            serve_pages(pages, sock, beside, lambda: _tell(settings, database), settings)


@contextmanager
def _letter_box(settings: Settings) -> Iterator[tuple[Settings, PostOffice | None]]:
    """In the demo a mail server of our own takes the letters; else they go where the settings say."""
    if not settings.demo:
        yield settings, None
        return
    office = PostOffice()
    office.start()
    try:
        address = {"smtp_host": "127.0.0.1", "smtp_port": office.port, "smtp_security": "none"}
        yield settings.model_copy(update=address), office
    finally:
        office.stop()


def _prepare(database: Database, settings: Settings) -> None:
    """What is kept once a start: the address for check codes, the holidays of the next years, the shipped processes.

    The processes only when this program brings others than the last one did: so an office's own routing, deployed
    since, stays the newest until the program itself brings a new one.
    """
    instant = now()
    shipped = shipped_processes()
    with database.write() as connection:
        clockwork.seed_calendar(connection, range(instant.year - 1, instant.year + YEARS_AHEAD))
        known = clockwork.setting(connection, SHIPPED)
    tell_address(database, settings)
    if known != shipped:
        deploy_library(Desk(database, instant, CLOCK))
        with database.write() as connection:
            clockwork.set_setting(connection, SHIPPED, shipped, now=instant, by=None)


def shipped_processes() -> dict[str, str]:
    """The hash of each process file that this program brings."""
    folder = files("workflows.bpmn.library")
    return {name: sha256((folder / name).read_bytes()).hexdigest() for name in LIBRARY}


def _prefect(settings: Settings) -> PrefectChild:
    return PrefectChild(environment_of_rounds(settings, os.environ), settings.data_dir / "prefect" / "output.log")


def _tell(settings: Settings, database: Database) -> None:
    print(f"\n  kehoach: {settings.base_url}\n", flush=True)
    if settings.demo:
        print(demo.welcome(settings, database), flush=True)
    print("  Dừng: Ctrl-C", flush=True)
