"""Completing a task over HTTP, session, rights, form and all, beside the same command through `actions.handle`.

Run: `.venv/bin/python -m bench.complete_task [--rounds 200] [--profile]`. One plan goes to and fro between drafting and
its check, through the pages and through `handle` alone, on the same SQLite file. CPU seconds of this process, so that a
busy machine does not count; what the client itself costs is measured by the same body sent to `/livez`, and taken off.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from bench.stored_ratios import judge
from service.auth.form_tokens import FIELD
from tests.pages.conftest import House, house_of, open_accounts
from tests.pages.page_client import Browser
from tests.stories.cast import Cast, day, plan_text
from workflows.actions.handle import handle
from workflows.engine.commands import CompleteTask
from workflows.store.database import Database


def main() -> int:
    """Measure both in turn, so that the load of the machine meets both alike."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--profile", action="store_true", help="where the time of the page goes")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.sqlite")
        database.upgrade()
        cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 18))
        open_accounts(cast)
        cast.import_and_start()
        profile = cProfile.Profile() if wanted.profile else None
        ratio = _measure(house_of(cast, Path(folder)), wanted.rounds, profile)
        database.close()
    return judge({"complete_task": ratio})


def _measure(house: House, rounds: int, profile: cProfile.Profile | None) -> float:
    unit = house.cast.office.drafting_unit_id
    people = {"soan_thao": house.browser("can_bo", unit), "kiem_tra_noi_dung": house.browser("thu_truong", unit)}
    by_page: list[float] = []
    by_engine: list[float] = []
    floor: list[float] = []
    for at in range(rounds + 5):
        with profile or nullcontext():
            posted = [_posted(house, people[step], step) for step in people]
        alone = [_handled(house, step) for step in people]
        if at >= 5:
            by_page += [page for page, _ in posted]
            floor += [client for _, client in posted]
            by_engine += alone
    page, engine, client = (statistics.median(times) * 1000 for times in (by_page, by_engine, floor))
    print(f"POST {page:.2f} ms, of it the client {client:.2f} ms; handle through the store {engine:.2f} ms")
    print(f"ratio {(page - client) / engine:.2f} (with the client {page / engine:.2f})")
    if profile is not None:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
    return (page - client) / engine


ANSWER = {"soan_thao": {"ghi_chu": ""}, "kiem_tra_noi_dung": {"ket_qua": "tra_lai", "ly_do": "Sửa lại mục II cho rõ"}}


def _posted(house: House, browser: Browser, step: str) -> tuple[float, float]:
    """What the post costs, and what sending the same body to a page that reads nothing costs."""
    address = house.task(step)
    page = browser.get(address)
    sent = {**page.form(address).filled(), **ANSWER[step]}
    assert FIELD in sent

    def post() -> None:
        answer = browser.http.post(address, data=sent, follow_redirects=False)
        assert answer.status_code == 303, answer.text

    return _spent(post), _spent(lambda: browser.http.post("/livez", data=sent))


def _handled(house: House, step: str) -> float:
    (task,) = house.cast.open(step)
    role, body_id = task.groups[0].split("@")
    desk = house.cast.desk(role, int(body_id))

    def act() -> None:
        with desk.open() as work:
            handle(work, task.case_id, CompleteTask(task.task_id, {"ket_qua": ANSWER[step].get("ket_qua", "trinh")}))

    return _spent(act)


def _spent(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


if __name__ == "__main__":
    raise SystemExit(main())
