"""Ours: the product's backend, host lookup and middleware around the same site, on the web's own powerless login."""

import os

from tests.benchmarks.contenders.common import *  # noqa: F403 - a settings module extends its base
from tests.benchmarks.contenders.common import DJANGOS_APPS, DJANGOS_MIDDLEWARE, NOTES, ROOT_URLCONF, database

YHDYS_DOMAIN = "localhost"
CACHE_URL = os.environ["CACHE_URL"]
MIDDLEWARE = ["yhdys.tenancy.middleware.RegionMiddleware", *DJANGOS_MIDDLEWARE]
REGION_URLCONF = ROOT_URLCONF
TENANCY = ["yhdys.core", "yhdys.places", "yhdys.keywords", "yhdys.tenancy", "yhdys.regions"]
SHARED_APPS = [*DJANGOS_APPS, *TENANCY, "django_tenants"]
TENANT_APPS = ["django.contrib.sessions", "yhdys.tenancy", NOTES]
INSTALLED_APPS = ["modeltranslation", *SHARED_APPS, NOTES]
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
TENANT_MODEL = "regions.Region"
TENANT_DOMAIN_MODEL = "regions.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DATABASES = {"default": database("yhdys.tenancy.backend", address="DATABASE_URL")}
