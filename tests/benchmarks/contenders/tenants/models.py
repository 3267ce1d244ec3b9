"""The regions and their hosts, as django-tenants looks them up."""

from django_tenants.models import DomainMixin, TenantMixin


class Tenant(TenantMixin):
    class Meta:
        app_label = "tenants"
        managed = False
        db_table = "regions_region"


class Host(DomainMixin):
    class Meta:
        app_label = "tenants"
        managed = False
        db_table = "regions_domain"
