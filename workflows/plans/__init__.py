"""The plan as data, and how a plan document is understood."""
