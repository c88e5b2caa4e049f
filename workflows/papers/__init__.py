"""Bytes of documents in and out."""
