"""A year in seconds: the real actions on a virtual clock, with people who answer on time and people who do not."""
