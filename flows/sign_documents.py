"""Digital signatures that were ordered with a number are made."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="sign-documents", retries=0, timeout_seconds=600, persist_result=False)
async def sign_documents() -> Counts:
    """Have what is ordered signed, each outside any transaction."""
    return await sweep("sign_documents")
