"""`kehoach web`: the pages alone, for installations on several machines."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from workflows.actions.load_functions import load_functions

from .answers import verb_app
from .fit_to_start import opened_to_serve
from .installation import settings_of_pages
from .pages_process import Beside, application, listen, serve_pages, tell_address, ticker

app = verb_app("Chỉ chạy các trang (nhiều máy: kèm kehoach worker và PostgreSQL).")


@app.command()
def web(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Cổng của các trang")] = None,
    no_clock: Annotated[bool, typer.Option("--no-clock", help="Không chạy bù việc theo lịch")] = False,
) -> None:
    """Chạy các trang cho đến khi được dừng (Ctrl-C)."""
    settings = settings_of_pages(port)
    functions = load_functions(settings.functions)
    with listen(settings) as sock, opened_to_serve(settings) as database:
        tell_address(database, settings)
        clock = None if no_clock else ticker(settings, database, functions)
        beside: list[Beside] = [clock] if clock else []
        pages = application(settings, database, clock, functions)
        told = partial(print, f"kehoach: {settings.base_url}", flush=True)
        serve_pages(pages, sock, beside, told, settings)
