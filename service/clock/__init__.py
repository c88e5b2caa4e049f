"""The service's part in the clock: the same sweeps as Prefect's when none has come round, and Prefect as a child."""
