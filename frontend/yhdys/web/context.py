"""What every layout needs to know: whose site this is and where its doors are. One query at most, and only if asked."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yhdys.regions.hosts import RegionInfo
from yhdys.site.models import RegionSettings
from yhdys.site.queries import region_settings
from yhdys.web import accent, navigation
from yhdys.web.navigation import NavigationItem
from yhdys.web.workspace.navigation import NavigationItem as WorkspaceItem
from yhdys.web.workspace.navigation import items_for


def face_of(request: HttpRequest) -> RegionSettings:
    """What the region of this request says of itself: asked for once, however many tell it."""
    face: RegionSettings | None = getattr(request, "face", None)
    if face is None:
        face = request.face = region_settings()  # type: ignore[attr-defined]  # nobody else's
    return face


class Site:
    """The face of the site that answers this request: a region's, or the national one."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.region: RegionInfo | None = getattr(request, "region", None)

    @cached_property
    def settings(self) -> RegionSettings | None:
        """What the region says of itself; None on the national site."""
        return face_of(self._request) if self.region else None

    @property
    def is_national(self) -> bool:
        return self.region is None

    @property
    def name(self) -> str:
        """The council's name, or the national site's."""
        return (
            self.settings.council_name
            if self.settings
            else _("Yhdys – the regional advisory councils of organisations")
        )

    @property
    def region_name(self) -> str:
        """The region's name in the language of the page."""
        if self.region is None:
            return _("All Finland")
        language = (get_language() or "fi").partition("-")[0]
        return {"sv": self.region.name_sv, "en": self.region.name_en}.get(language, self.region.name_fi)

    @property
    def languages(self) -> list[str]:
        """Codes of the interface's languages, Finnish first."""
        known = [code for code, _name in settings.LANGUAGES]
        chosen = self.settings.languages if self.settings else known
        return [code for code in known if code in chosen] or known

    @property
    def accent_url(self) -> str:
        """The stylesheet of the region's colour; none on the national site, which has the stock colours."""
        if self.settings is None:
            return ""
        return navigation.address_with("design:accent", colour=accent.usable(self.settings.accent).removeprefix("#"))

    @property
    def is_demonstration(self) -> bool:
        return bool(self.settings and self.settings.is_demonstration)

    @property
    def home_url(self) -> str:
        return navigation.address("national:home" if self.is_national else "public:home") or "/"

    @property
    def workspace_url(self) -> str:
        return navigation.address("workspace:home")

    @property
    def sign_in_url(self) -> str:
        return navigation.address("account_login")

    @property
    def sign_out_url(self) -> str:
        return navigation.address("account_logout")

    @property
    def search_url(self) -> str:
        return navigation.address("public:search")

    @property
    def national_url(self) -> str:
        """The national site's address."""
        port = f":{settings.YHDYS_PORT}" if settings.YHDYS_PORT not in (80, 443) else ""
        return f"{settings.YHDYS_SCHEME}://{settings.YHDYS_DOMAIN}{port}/"

    @cached_property
    def navigation(self) -> list[NavigationItem]:
        """The doors of the public site."""
        return navigation.items(navigation.NATIONAL if self.is_national else navigation.PUBLIC, self._request.path)

    @cached_property
    def workspace_navigation(self) -> list[WorkspaceItem]:
        """The doors of the workspace that this user may open."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        return items_for(user, self._request.path)

    @cached_property
    def legal_navigation(self) -> list[NavigationItem]:
        return navigation.items(navigation.LEGAL, self._request.path)


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``site`` in every template."""
    return {"site": Site(request)}
