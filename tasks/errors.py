"""The situations that a caller can act on."""


class ManadError(Exception):
    """Base of every error that ends as one Swedish line: what happened and what to do."""

    exit_code = 4


class UsageError(ManadError):
    """Something was asked for in a way that can't be understood."""

    exit_code = 2


class NotFoundError(ManadError):
    """What was asked for doesn't exist."""

    exit_code = 1
