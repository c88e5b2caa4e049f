"""Kill anything at any instant: nothing accepted is lost, nothing is done twice (docs/howto/kill-anything.md)."""
