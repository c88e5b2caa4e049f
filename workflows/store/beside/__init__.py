"""What stands beside the log of cases and is kept by a log of its own: which rows, how they are seen, and compared."""
