"""One file per BPMN idea: what the engine does when a token meets it."""
