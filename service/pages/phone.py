"""As an app on a phone or desk: the manifest, the worker that keeps the shell and the last list, and what is said
without a net. Decision pages are never kept."""

from __future__ import annotations

import json
from hashlib import sha256

from starlette.responses import Response

from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest
from service.templating import STATIC, static_address
from service.words import phone_words as said

pages = Pages()
SHELL = ("kehoach.css", "kehoach.js", "phim.js", "giu.js", "viec.js", "icon.svg")
WORKER = "sw.js"


@pages.get("/manifest.webmanifest", PUBLIC)
def manifest(visit: Guest) -> Response:
    """The name, the icons and the two places that a long press offers."""
    found = {
        "name": said.NAME,
        "short_name": "kehoach",
        "lang": "vi",
        "start_url": "/viec",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f5f3",
        "theme_color": "#a4161a",
        "icons": [
            {"src": static_address("icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static_address("icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
            {"src": static_address("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
        "shortcuts": [{"name": name, "url": path} for name, path in said.SHORTCUTS],
    }
    return Response(json.dumps(found, ensure_ascii=False), media_type="application/manifest+json")


@pages.get("/sw.js", PUBLIC)
def worker(visit: Guest) -> Response:
    """The worker at the root, so that it may see the list; it names what it keeps and changes with it."""
    shell = ["/ngoai-mang", *(static_address(name) for name in SHELL)]
    code = (STATIC / WORKER).read_text(encoding="utf-8")
    mark = sha256("".join([code, *shell]).encode()).hexdigest()[:10]
    facts = {"mark": mark, "shell": shell, "kept": said.KEPT_LIST, "new": said.SOMETHING_NEW}
    head = f"var FACTS = {json.dumps(facts, ensure_ascii=False)};\n"
    return Response(head + code, media_type="text/javascript", headers={"cache-control": "no-cache"})


@pages.get("/ngoai-mang", PUBLIC)
def without_net(visit: Guest) -> Response:
    """What a page of ours says while there is no net; the same for everybody, so it may be kept."""
    html = visit.web.templates.get_template("without_net.html").render(path="/ngoai-mang")
    return Response(html, media_type="text/html")
