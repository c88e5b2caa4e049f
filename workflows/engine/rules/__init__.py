"""One file per BPMN idea; `table.py` says which element each serves."""
