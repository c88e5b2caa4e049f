"""The signing office, made once: keys and certificates are slow to make and never change."""

from __future__ import annotations

import pytest

from .house import SigningHouse, sealed, signing_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> SigningHouse:
    return signing_house(tmp_path_factory.mktemp("signing"))


@pytest.fixture(scope="session")
def both(house: SigningHouse) -> tuple[bytes, bytes]:
    """The document signed by the person, and sealed by the agency."""
    return sealed(house)
