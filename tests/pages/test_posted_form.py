"""What a browser escapes comes back as it was typed, whatever the escape; broken ones stay what they are."""

from __future__ import annotations

from time import perf_counter
from urllib.parse import quote_plus, unquote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.auth.form import _unquoted
from tests.nightly import size
from tests.pages.conftest import Stage

ESCAPED = st.text(max_size=40).map(lambda text: quote_plus(text, errors="replace").encode())
ODD = st.text(alphabet="%=_+aA0F3\r\n -.é", max_size=20).map(str.encode)


@settings(max_examples=size(200, 4000))
@given(st.one_of(st.binary(max_size=40), ESCAPED, ODD))
@example(b"%0D%0AK%E1%BA%BF+ho%E1%BA%A1ch=_%")
def test_a_part_of_a_form_is_read_as_the_library_reads_it(part: bytes) -> None:
    assert _unquoted(part) == unquote_plus(part.decode("latin-1"))


@pytest.mark.parametrize("body", [b"a&" * 2_400_000, b"a=" + b"%zz\xff\n" * 900_000])
def test_a_body_made_to_hold_everybody_up_is_over_in_no_time(stage: Stage, body: bytes) -> None:
    browser = stage("drafting").browser()
    began = perf_counter()
    answer = browser.http.post(
        "/dang-nhap", content=body, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code in (403, 422)
    assert perf_counter() - began < 4  # half a minute, and twelve seconds, before they were bounded
