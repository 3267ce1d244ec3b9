"""Cache keys, files, signed values and links of one region mean nothing in another."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.site.queries import region_settings
from yhdys.tenancy import links, signing
from yhdys.tenancy.context import NoScope, in_national, in_region
from yhdys.tenancy.models import ActionLink


def test_a_cached_value_stays_in_its_region(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        cache.set("front", "kainuu")
    with in_region(lappi):
        assert cache.get("front") is None
        cache.set("front", "lappi")
    with in_national():
        assert cache.get("front") is None
    with in_region(kainuu):
        assert cache.get("front") == "kainuu"
    with pytest.raises(NoScope):
        cache.get("front")


def test_a_file_stays_in_its_region(kainuu: Region, lappi: Region, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    with in_region(kainuu):
        name = default_storage.save("papers/agenda.txt", ContentFile(b"secret"))
        assert default_storage.exists(name)
    with in_region(lappi):
        assert not default_storage.exists(name)
        for way in (f"../kainuu/{name}", f"/{name}", f"x/../../kainuu/{name}"):
            with pytest.raises(SuspiciousFileOperation):
                default_storage.open(way)
    assert (tmp_path / "kainuu" / name).read_bytes() == b"secret"
    assert (tmp_path / "kainuu" / name).stat().st_mode & 0o077 == 0
    with pytest.raises(NoScope):
        default_storage.open(name)


def test_a_signed_value_is_good_for_one_purpose_in_one_region(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        text = signing.dumps({"pk": 1}, purpose="confirm")
        assert signing.loads(text, purpose="confirm") == {"pk": 1}
        with pytest.raises(signing.BadSignature):
            signing.loads(text, purpose="unsubscribe")
        with pytest.raises(signing.BadSignature):
            signing.loads(text[:-1] + ("a" if text[-1] != "a" else "b"), purpose="confirm")
    with in_region(lappi), pytest.raises(signing.BadSignature):
        signing.loads(text, purpose="confirm")


def test_a_link_opens_one_record_of_one_region_for_one_purpose_until_its_time(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        target = region_settings()
        token = links.issue(purpose="answer", target=target, expires_at=clock.now() + timedelta(days=1))
        link = links.resolve(token, "answer")
        assert link is not None
        assert link.target_id == target.pk
        assert token not in str(ActionLink.objects.values_list())
        assert links.resolve(token, "withdraw") is None
        assert links.resolve(token + "x", "answer") is None
        assert links.resolve("", "answer") is None
    with in_region(lappi):
        assert links.resolve(token, "answer") is None
    with in_region(kainuu):
        with clock.at(clock.now() + timedelta(days=2)):
            assert links.resolve(token, "answer") is None
        assert links.revoke("answer", target) == 1
        assert links.resolve(token, "answer") is None
