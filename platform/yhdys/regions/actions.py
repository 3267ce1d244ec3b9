"""The life of regions: made, suspended, opened again. Deployment commands call these on the owner's connection."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.core.errors import ActionRefused
from yhdys.regions.hosts import announce_change
from yhdys.regions.models import Domain, Region, SchemaTemplate
from yhdys.regions.names import schema_for
from yhdys.regions.reference import KnownRegion, known_region
from yhdys.regions.signals import region_created
from yhdys.tenancy import provisioning
from yhdys.tenancy.context import in_national, in_region

OWNER = provisioning.OWNER
SPARES_KEPT = 3


def newest_template() -> provisioning.Template:
    """The structure that new regions get. Raises ActionRefused before the first deployment."""
    row = SchemaTemplate.objects.using(OWNER).order_by("-captured_at", "-pk").first()
    if row is None:
        raise ActionRefused(_("There is no captured structure yet. Run the deploy command first."))
    return provisioning.Template(row.ddl)


def capture_template() -> bool:
    """Migrate the template schema and keep its structure. True when it differs from the one kept before."""
    provisioning.migrate_template()
    template = provisioning.capture_template()
    newest = SchemaTemplate.objects.using(OWNER).order_by("-captured_at", "-pk").first()
    if newest is not None and newest.fingerprint == template.fingerprint:
        return False
    SchemaTemplate.objects.using(OWNER).filter(fingerprint=template.fingerprint).delete()
    SchemaTemplate.objects.using(OWNER).create(fingerprint=template.fingerprint, ddl=template.ddl)
    return True


def create_region(slug: str, *, host: str | None = None) -> Region:
    """Make a region that Finland has: its row, its host name, its schema and its role, open at once.

    Raises ActionRefused when the name is unknown, reserved or taken.
    """
    known = known_region(slug)
    region = _new_row(known)
    host = host or f"{slug}.{settings.YHDYS_DOMAIN}"
    if Domain.objects.using(OWNER).filter(domain=host).exists():
        raise ActionRefused(_("The address “{host}” is in use already.").format(host=host))
    # The library's models look around on the web's connection before they save on the owner's.
    with in_national(), transaction.atomic(using=OWNER):
        region.save(using=OWNER)
        Domain(domain=host, tenant=region, is_primary=True).save(using=OWNER)
        if not provisioning.claim_spare(region.schema_name):
            provisioning.replay(region.schema_name, newest_template())
    with in_region(region), transaction.atomic():
        region_created.send(Region, region=region)
    announce_change()
    return region


def _new_row(known: KnownRegion) -> Region:
    region = Region(
        slug=known.slug,
        schema_name=schema_for(known.slug),
        code=known.code,
        nuts3=known.nuts3,
        name_fi=known.name_fi,
        name_sv=known.name_sv,
        name_en=known.name_en,
    )
    try:
        region.clean_fields()
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
    if Region.objects.using(OWNER).filter(slug=known.slug).exists():
        raise ActionRefused(_("The region “{slug}” is here already.").format(slug=known.slug))
    return region


def suspend_region(slug: str) -> Region:
    """Close a region's doors: its pages answer 503 and its tasks are refused. Nothing is deleted."""
    return _set_state(slug, Region.State.SUSPENDED)


def resume_region(slug: str) -> Region:
    """Open a suspended region again."""
    return _set_state(slug, Region.State.ACTIVE)


def _set_state(slug: str, state: Region.State) -> Region:
    with in_national():
        with transaction.atomic():
            region: Region | None = Region.objects.select_for_update().filter(slug=slug).first()
            if region is None:
                raise ActionRefused(_("There is no region “{slug}”.").format(slug=slug))
            Region.objects.filter(pk=region.pk).update(state=state)
        region.state = state
        announce_change()
    return region
