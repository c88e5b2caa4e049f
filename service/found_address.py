"""Where what the search found is looked at."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from workflows.store.screens.hit import Hit

PLACE: Final = "cho-tim"  # the anchor of the block of a text that is sought
# On which tab of a plan its files stand, by what they are of.
_TABS_OF_FILES: Final = {"plan": "van-ban", "comment": "trao-doi", "opinion": "y-kien"}


def address_of(hit: Hit, typed: str) -> str:
    """The page on which the thing that was found is looked at; the place in a text where the words stand."""
    if hit.kind == "file":
        return _address_of_file(hit)
    if hit.in_text:
        return f"/ke-hoach/{hit.id}?{urlencode({'tim': typed.strip()[:200]})}#{PLACE}"
    if hit.kind == "document":
        return f"/ke-hoach/{hit.plan_id}?muc=van-ban" if hit.plan_id else "/so-van-ban"
    if hit.kind == "incoming":
        return f"/so-van-ban-den/{hit.id}"
    if hit.kind in ("person", "unit"):
        return f"/to-chuc/{hit.id if hit.kind == 'unit' else hit.office_id}"
    if hit.kind == "report":
        return f"/bao-cao/{hit.id}"
    tab = {"duty": "/nhiem-vu", "opinion": "/y-kien"}.get(hit.kind, "")
    return f"/ke-hoach/{hit.plan_id}{tab}"


def _address_of_file(hit: Hit) -> str:
    """Where the file stands beside what it is of."""
    if hit.state == "incoming":
        return f"/so-van-ban-den/{hit.subject_id}"
    return f"/ke-hoach/{hit.plan_id}/{_TABS_OF_FILES[hit.state]}"
