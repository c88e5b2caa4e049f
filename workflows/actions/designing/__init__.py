"""Processes as drafts: changed by the office that keeps them, published by a second person, cases moved to them."""
