"""A browser is shown under the name that its owner knows, never as the line that it sends."""

from __future__ import annotations

import pytest

from service.words.browser_words import browser_name

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36"
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (WINDOWS, "Chrome trên Windows"),
        (f"{WINDOWS} Edg/109.0", "Edge trên Windows"),
        (f"{PHONE} Mobile/15E148 Safari/604.1", "Safari trên iPhone"),
        (f"{PHONE} Mobile/15E148 Zalo iOS/405", "Zalo trên iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox trên Linux"),
        ("testclient", "testclient"),
        ("", "Trình duyệt không rõ"),
        (None, "Trình duyệt không rõ"),
    ],
)
def test_the_name_of_a_browser(agent: str | None, name: str) -> None:
    assert browser_name(agent) == name
