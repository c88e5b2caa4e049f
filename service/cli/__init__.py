"""The kehoach command."""
