"""Errors that a person reads."""

from django.utils.functional import Promise


class YhdysError(Exception):
    """Anything of ours that went wrong."""


class ActionRefused(YhdysError):
    """A rule says no. The message is a translated sentence that tells the user what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class PermissionRefused(YhdysError):
    """This user may not do this to this record. The web answers 403 or, where existence is a secret, 404."""
