"""Tokens in the history of their user."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs

verbs(
    "tokens",
    {
        "token_made": pgettext_lazy("history of a user", "API token made: {name}"),
        "token_revoked": pgettext_lazy("history of a user", "API token revoked: {name}"),
        "tokens_revoked": pgettext_lazy("history of a user", "All API tokens revoked"),
    },
)
