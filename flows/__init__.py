"""The clock's shell: Prefect flows that run the actions on a schedule; no rule lives here."""
