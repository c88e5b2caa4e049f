"""The chart kit: pure functions from figures to SVG and the same figures as a table."""
