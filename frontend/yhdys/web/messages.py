"""What a page tells about the step before it, kept in a cookie until it is shown."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from yhdys.tenancy import signing


class RegionCookieStorage(CookieStorage):
    """A cookie of one region: signed for it, so that what a sibling host sets here says nothing."""

    cookie_name = settings.YHDYS_MESSAGES_COOKIE_NAME

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signing.cookie_signer("messages")


class RegionMessageStorage(FallbackStorage):
    """The cookie, and the region's session for what does not fit into it."""

    storage_classes = (RegionCookieStorage, SessionStorage)
