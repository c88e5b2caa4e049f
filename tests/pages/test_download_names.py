"""The name of a download: whatever a file was called, it becomes no header, no path and no other kind of file."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.attachment import attachment

NASTY = st.text(st.sampled_from("aậ.;\"\\/\r\n\0\u202e\u200b%'<>|*?: =-\ud800\U0001f600")) | st.text()


def names(name: str) -> tuple[str, str]:
    """What an old and what a new browser saves it as."""
    header = attachment(b"x", name, "text/plain").headers["content-disposition"]
    found = re.fullmatch(r"attachment; filename=\"([a-z0-9.-]+)\"; filename\*=UTF-8''([A-Za-z0-9%._~-]+)", header)
    assert found, header
    return found[1], unquote(found[2])


@given(NASTY)
def test_any_name_is_one_plain_name(name: str) -> None:
    bare, full = names(name)
    assert not {unicodedata.category(each) for each in full} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not re.search(r'[/\\:*?"<>|]', full)
    assert not full.startswith((".", "-", " "))
    assert len(full.encode()) <= 255
    assert len(bare) <= 255


@pytest.mark.parametrize(
    ("name", "bare", "full"),
    [
        ("Kế hoạch số 5.docx", "ke-hoach-so-5.docx", "Kế hoạch số 5.docx"),
        ("../../etc/passwd", "etc-passwd", "etc-passwd"),
        ("a.pdf\r\nSet-Cookie: x=y", "a-pdf-set-cookie-x-y", "a.pdf Set-Cookie- x=y"),
        ("hóa đơn\u202efdp.exe", "hoa-don-fdp.exe", "hóa đơn-fdp.exe"),
        ("README", "readme", "README"),
        (".htaccess", "htaccess", "htaccess"),
        ("con.txt", "van-ban-con.txt", "van-ban con.txt"),
        ("NUL.tar.gz", "van-ban-nul-tar.gz", "van-ban NUL.tar.gz"),
        ("", "van-ban", "van-ban"),
        ("a." + "b" * 9_000, None, None),
        ("ậ" * 500 + ".PDF", "a" * 66 + ".pdf", "ậ" * 66 + ".pdf"),
    ],
)
def test_a_name_stays_what_it_says(name: str, bare: str | None, full: str | None) -> None:
    found = names(name)
    assert len(found[1]) < 256
    assert bare is None or found == (bare, full)
