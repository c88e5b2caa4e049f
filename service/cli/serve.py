"""`kehoach serve`: everything on one machine; the pages at once, the clock beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from notifications.smtp_post_office import PostOffice
from service.clock.prefect_child import PrefectChild
from service.settings import Settings
from workflows.actions.deploy import deploy_library
from workflows.actions.desk import Desk
from workflows.engine.actor import CLOCK
from workflows.store import clockwork
from workflows.store.database import Database

from . import demo
from .answers import verb_app
from .installation import now, opened, settings_of_pages, variables
from .pages_process import Beside, application, listen, serve_pages, ticker

app = verb_app("Chạy tất cả trên một máy: các trang, đồng hồ, gửi thư.")
YEARS_AHEAD = 3


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
    with listen(settings) as sock, _letter_box(settings) as (told_settings, office):
        if settings.demo:
            demo.prepare(settings, fresh=fresh)
        with opened(settings, upgrade=True) as database:
            _prepare(database)
            pages = application(told_settings, database)
            pages.state.post_office = office
            beside = [] if no_clock else _clock(told_settings, database, with_prefect=not no_prefect)
            serve_pages(pages, sock, beside, lambda: _tell(settings, database))


@contextmanager
def _letter_box(settings: Settings) -> Iterator[tuple[Settings, PostOffice | None]]:
    """In the demo a mail server of our own takes the letters; else they go where the settings say."""
    if not settings.demo:
        yield settings, None
        return
    office = PostOffice(directory=settings.data_dir / "letters")
    office.start()
    try:
        address = {"smtp_host": "127.0.0.1", "smtp_port": office.port, "smtp_security": "none"}
        yield settings.model_copy(update=address), office
    finally:
        office.stop()


def _prepare(database: Database) -> None:
    """The shipped processes and the holidays of the next years; both are left alone where they are known already."""
    instant = now()
    deploy_library(Desk(database, instant, CLOCK))
    with database.write() as connection:
        clockwork.seed_calendar(connection, range(instant.year - 1, instant.year + YEARS_AHEAD))


def _clock(settings: Settings, database: Database, *, with_prefect: bool) -> list[Beside]:
    beside: list[Beside] = [ticker(settings, database)]
    if with_prefect:
        output = Path(settings.data_dir) / "prefect" / "output.log"
        beside.append(PrefectChild(variables(settings), output))
    return beside


def _tell(settings: Settings, database: Database) -> None:
    print(f"\n  kehoach: {settings.base_url}\n", flush=True)
    if settings.demo:
        print(demo.welcome(settings, database), flush=True)
    print("  Dừng: Ctrl-C", flush=True)
