"""One case as a pure state machine: decide, evolve, replay."""
