"""HTML pages, one file a screen."""
