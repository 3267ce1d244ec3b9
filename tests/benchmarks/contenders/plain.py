"""Plain Django: one schema, one role, no tenancy."""

from tests.benchmarks.contenders.common import *  # noqa: F403 - a settings module extends its base
from tests.benchmarks.contenders.common import DJANGOS_APPS, DJANGOS_MIDDLEWARE, NOTES, database

MIDDLEWARE = DJANGOS_MIDDLEWARE
INSTALLED_APPS = [*DJANGOS_APPS, NOTES]
DATABASES = {"default": database("django.db.backends.postgresql", options="-c search_path=kainuu,public")}
