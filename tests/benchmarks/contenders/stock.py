"""django-tenants as its documentation sets it up: its backend, its router and its middleware."""

from tests.benchmarks.contenders.common import *  # noqa: F403 - a settings module extends its base
from tests.benchmarks.contenders.common import DJANGOS_APPS, DJANGOS_MIDDLEWARE, NOTES, database

MIDDLEWARE = ["django_tenants.middleware.main.TenantMainMiddleware", *DJANGOS_MIDDLEWARE]
TENANTS = "tests.benchmarks.contenders.tenants"
SHARED_APPS = ["django_tenants", TENANTS, *DJANGOS_APPS]
TENANT_APPS = [*DJANGOS_APPS[1:], NOTES]
INSTALLED_APPS = [*SHARED_APPS, NOTES]
TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Host"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DATABASES = {"default": database("django_tenants.postgresql_backend")}
