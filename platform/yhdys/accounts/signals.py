"""What accounts tell the apps above them."""

from django.dispatch import Signal

account_closed = Signal()
"""An account was closed, in the transaction that closes it. Arguments: ``user``, ``by``."""
