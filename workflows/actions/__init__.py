"""What people and the clock may do: one verb a file, one transaction a verb."""
