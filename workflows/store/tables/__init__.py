"""The schema in reading order."""
