"""A province of offices made from five real plans."""
