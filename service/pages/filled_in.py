"""From what a page posted to the fields of the brief: uploads become text, an unchanged text is not sent again."""

from __future__ import annotations

from collections.abc import Callable

from service.auth.actor import FIELD as CAPACITY
from service.auth.form import Form, clean
from service.auth.form_tokens import FIELD

from .upload import text_of

# What the page itself needs and no form key knows.
_OF_THE_PAGE = frozenset({FIELD, CAPACITY, "da_xem", "ma_ky", "khoa_ky", "xin_ma", "xin_khoa", "xem_lai", "ma"})


def fields_to_send(form: Form, shown: Callable[[], str | None]) -> dict[str, str]:
    """The form's fields without the page's own; a new text comes from the upload, else from the text area.

    `shown` gives the text that the area was filled with; it is asked only when the form has one.
    """
    fields = {name: value for name, value in form.fields.items() if name not in _OF_THE_PAGE}
    if "tep" in form.files:
        fields["van_ban"] = text_of(form.files["tep"])
    elif "van_ban" in fields and _is_unchanged(fields["van_ban"], shown()):
        fields.pop("van_ban")
    return fields


def to_keep(form: Form, shown: Callable[[], str | None]) -> dict[str, str]:
    """The fields as a draft: no proof, nothing of the page's own, the text only where it is new; an upload as text."""
    fields = {name: value for name, value in form.fields.items() if name not in {*_OF_THE_PAGE, "luu_nhap", "ket_qua"}}
    if "tep" in form.files:
        fields["van_ban"] = text_of(form.files["tep"])
    elif "van_ban" in fields and _is_unchanged(fields["van_ban"], shown()):
        fields.pop("van_ban")
    return {name: value for name, value in fields.items() if value}


def of_the_form(form: Form) -> dict[str, str]:
    """The fields that a person filled in, for a form that has no key: all but the page's own."""
    return {name: value for name, value in form.fields.items() if name not in {*_OF_THE_PAGE, "noi"}}


def _is_unchanged(typed: str, shown: str | None) -> bool:
    return shown is not None and same_text(typed, shown)


def same_text(typed: str, kept: str) -> bool:
    """Whether a text area gave back what it was filled with; browsers change line ends, and edges are not content."""
    return typed.strip() == kept.strip() or clean(typed).strip() == clean(kept).strip()
