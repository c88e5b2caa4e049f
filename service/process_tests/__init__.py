"""Tests of processes for their authors: scenario files played on the engine alone, and what they passed over."""
