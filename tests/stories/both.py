"""Both kinds of database that a story may run on."""

from __future__ import annotations

import pytest

from tests.conftest import ON_POSTGRES

BOTH = ["memory", ON_POSTGRES]
on_both = pytest.mark.parametrize("database", BOTH, indirect=True)
