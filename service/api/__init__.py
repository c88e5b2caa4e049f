"""JSON for machines under /api/v1: workers do jobs, programs send messages and administer processes."""
