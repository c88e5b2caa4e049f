"""What a browser calls itself, as its owner knows it: "Chrome trên Windows"."""

from __future__ import annotations

# The first that stands in the text counts: each later browser also calls itself like the earlier ones.
_BROWSERS = (
    ("Zalo", "Zalo"),
    ("Edg", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
UNKNOWN_BROWSER = "Trình duyệt không rõ"
ON = "{browser} trên {machine}"


def browser_name(agent: str | None) -> str:
    """The browser and the machine, or as much of it as is known."""
    said = agent or ""
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    machine = next((name for mark, name in _MACHINES if mark in said), "")
    if not browser or not machine:
        return browser or machine or said[:40] or UNKNOWN_BROWSER
    return ON.format(browser=browser, machine=machine)
