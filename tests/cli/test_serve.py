"""`kehoach serve --demo` as ./demo.sh calls it: it fills, says where and who, answers, stops, and comes back."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest

from .command import KEHOACH, environment

# Alone it takes half a minute (bench/RESULTS.md); beside other tests on two cores a multiple of that.
FIRST_PAGE_SECONDS = 180
MEMORY_KILOBYTES = 200 * 1024


class Demo:
    """A demo that runs."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def stop(self) -> str:
        """Ctrl-C; what it had said until then."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=30)
        return said


@contextmanager
def demo(folder: Path, seconds: float) -> Iterator[Demo]:
    """Run it until the block ends; the sign-in page must come within so many seconds."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    command = [KEHOACH, "serve", "--demo", "--no-prefect", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(data_dir=folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    running = Demo(process, port)
    deadline = monotonic() + seconds
    try:
        while not _answers(running):
            assert process.poll() is None, process.communicate()[0]
            assert monotonic() < deadline, "the first page took too long"
            sleep(0.2)
        yield running
    finally:
        process.kill()
        process.wait()


def _answers(running: Demo) -> bool:
    try:
        return running.get("/dang-nhap")[0] == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


def test_a_fresh_demo_shows_its_first_page_its_letters_and_who_may_sign_in(folder: Path) -> None:
    with demo(folder, FIRST_PAGE_SECONDS) as running:
        status, letters = running.get("/hop-thu")
        assert status == 200
        assert re.search(r'href="/hop-thu/\w+"', letters)
        peak = Path(f"/proc/{running.process.pid}/status").read_text(encoding="utf-8")
        assert int(re.search(r"VmRSS:\s+(\d+)", peak)[1]) < MEMORY_KILOBYTES  # type: ignore[index]
        said = running.stop()
        assert running.process.returncode == 0
    assert f"http://127.0.0.1:{running.port}" in said
    assert "kehoach2026" in said
    assert "chu_tich." in said


def test_the_second_start_is_quick_and_letters_lead_to_where_it_runs_now(folder: Path) -> None:
    with demo(folder, FIRST_PAGE_SECONDS / 2) as running:
        _, letters = running.get("/hop-thu")
        newest = re.findall(r'href="(/hop-thu/\w+)"', letters)
        assert newest
        pages = [running.get(path)[1] for path in newest[:5]]
        assert any('href="/x/' in page for page in pages)
        said = running.stop()
        assert "Đang dựng" not in said


def test_an_offices_own_database_is_never_filled_with_the_demo(tmp_path: Path) -> None:
    command = [KEHOACH, "serve", "--demo", "--no-prefect"]
    settings = environment(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'ours.sqlite3'}", port="18999")
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 1
    assert "DEMO_IS_EMBEDDED" in ended.stdout
    assert not (tmp_path / "ours.sqlite3").exists()
