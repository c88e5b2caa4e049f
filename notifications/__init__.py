"""Who hears what, and how it is said."""
