"""BPMN 2.0 in: model, reading, checking, expressions, pictures."""
