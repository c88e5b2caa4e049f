"""Read queries of the screens, one file a page: rows in, frozen records out, nothing written."""
