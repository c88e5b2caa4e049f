"""Founding many offices from one file: judged line by line, made in portions, taken back while nobody worked there."""
