"""What the contenders' settings have in common: Django's own stack of middleware and a site of one small app."""

import os
from urllib.parse import unquote, urlsplit

SECRET_KEY = "only-for-benchmarks"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
ROOT_URLCONF = "tests.benchmarks.contenders.notes.urls"
NOTES = "tests.benchmarks.contenders.notes"
DJANGOS_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DJANGOS_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
]
POOL = {"pool": {"min_size": 8, "max_size": 16, "timeout": 10}} if os.environ.get("YHDYS_BENCH_POOL") else {}
LIFE = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True} if POOL else {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
"""With a pool, connections are kept as in production; without one, a thread keeps its own for ever."""


def database(engine: str, address: str = "OWNER_DATABASE_URL", **options: object) -> dict[str, object]:
    """The tests' database, as its owner: a deployment without our tenancy has one role for everything."""
    url = urlsplit(os.environ[address])
    return {
        "ENGINE": engine,
        "NAME": url.path.strip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname,
        "PORT": url.port,
        "OPTIONS": {"application_name": os.environ["DJANGO_SETTINGS_MODULE"], **POOL, **options},
        **LIFE,
    }
