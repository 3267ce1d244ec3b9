"""Settings of ``./up``: one machine, embedded services, plain HTTP on loopback."""

from yhdys.config.settings.base import *  # noqa: F403 - a settings module extends its base

SECRET_KEY = env.str("SECRET_KEY", "only-for-one-machine-never-for-production")  # noqa: F405
YHDYS_GALLERY = True
"""The component gallery is shown in development only."""
LOGGING = {"format": env.str("LOG_FORMAT", "console"), "level": env.str("LOG_LEVEL", "INFO")}  # noqa: F405
YHDYS_INNER_ISSUERS = True
