"""What a command's exit code says; 1, 2 and 5 also ride on the errors that give them (tasks/errors.py)."""

DONE = 0
REFUSED = 1
"""A delivery was refused, or what was asked for doesn't exist."""
NOT_FINISHED = 3
"""A required source is missing, or mails aren't final."""
FAILED = 4
INTERRUPTED = 130
