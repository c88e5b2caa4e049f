"""Keeping the directory of an office: bodies, posts, holders, groups; each change is on record with who and when."""
