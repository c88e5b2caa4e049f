"""Debian's Chromium, headless, for tests that need a real browser."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Root has no sandbox in a container; without the other flags Chromium looks for hosts of its maker at every start.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launched(playwright: Playwright) -> Browser:
    """A running browser; without one the test fails and says what to install."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    assert found, "no Chromium: apt-get install chromium (./test.sh does it)"
    return playwright.chromium.launch(executable_path=found, args=list(FLAGS))
