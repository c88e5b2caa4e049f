"""Loaded by every Python process that has this folder on PYTHONPATH."""

import os

from only_this_machine import NOTES, guard

if NOTES in os.environ:
    guard()
