"""Charts as SVG made here: pure functions from figures to a picture and the same figures as a table."""
