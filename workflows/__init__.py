"""What may happen, and what has happened: the plan's process, its engine, its store and its verbs."""
