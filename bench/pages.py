"""How fast the demo's pages answer and how much memory the web process takes: a real server, measured from outside.

Run: `.venv/bin/python bench/pages.py [--rounds 60]`. The floor is `/livez` of the same process: an answer that reads
nothing. Loads are bounded in count; nothing but loopback is addressed.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

PORT = 8931
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "kehoach2026"
PEOPLE = {
    "van_thu.ubnd-huyen-mo-duc": (
        "/viec",
        "/ke-hoach",
        "/ke-hoach/3",
        "/ke-hoach/3/tien-trinh",
        "/ke-hoach/3/so-do",
        "/so-van-ban",
    ),
    "chu_tich.ubnd-xa-duc-phong": (
        "/viec",
        "/ke-hoach/1",
        "/ke-hoach/1/nhiem-vu",
        "/ke-hoach/1/bao-cao",
        "/ke-hoach/1/nhat-ky",
        "/bao-cao",
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-c",
            "from service.cli.main import main; main()",
            "serve",
            "--demo",
            "--no-clock",
            "--port",
            str(PORT),
        ]
        started = time.perf_counter()
        server = subprocess.Popen(command, env={**os.environ, "KEHOACH_DATA_DIR": folder}, stdout=subprocess.DEVNULL)
        try:
            _wait()
            print(f"first page after {time.perf_counter() - started:.1f} s (the demo is filled before)")
            floor = _times(urllib.request.build_opener(), "/livez", rounds)
            _line("/livez (floor)", floor, floor)
            for login, paths in PEOPLE.items():
                opener = _signed_in(login)
                for path in paths:
                    _line(f"{path} ({login.split('.')[0]})", _times(opener, path, rounds), floor)
            print(f"resident memory of the web process: {_resident(server.pid)} MB")
        finally:
            server.terminate()
            server.wait(30)


def _wait() -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"{BASE}/livez", timeout=2).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the demo did not start")


def _signed_in(login: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(f"{BASE}/dang-nhap").read().decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    names = re.findall(
        r'<input[^>]*name="([^"]+)"[^>]*type="(?:text|password)"|<input[^>]*type="(?:text|password)"[^>]*name="([^"]+)"',
        page,
    )
    login_field, password_field = [one or other for one, other in names][:2]
    fields = {**hidden, login_field: login, password_field: PASSWORD}
    request = urllib.request.Request(f"{BASE}/dang-nhap", urllib.parse.urlencode(fields).encode(), {"Origin": BASE})
    opener.open(request).read()
    return opener


def _times(opener: urllib.request.OpenerDirector, path: str, rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        with opener.open(BASE + path) as answer:
            answer.read()
            assert answer.status == 200, (path, answer.status)
            assert answer.geturl() == BASE + path, f"{path} led to {answer.geturl()}"
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def _line(name: str, times: list[float], floor: list[float]) -> None:
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"{name:<44} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   {p50 / statistics.median(floor):6.1f} x floor")


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) // 1024  # type: ignore[index]


if __name__ == "__main__":
    main()
