"""Changes of a process that are changes of its BPMN file: what they do not touch stays as it was written, comments and
extensions of any editor included."""
