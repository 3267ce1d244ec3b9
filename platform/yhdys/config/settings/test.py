"""Settings of the tests. The cluster, broker and mail sink are real; the pytest plugin starts them."""

from yhdys.config.settings.base import *  # noqa: F403 - a settings module extends its base
from yhdys.config.settings.base import STATIC_ROOT, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105 - no secret: nothing outlives the test run
YHDYS_GALLERY = True
YHDYS_INNER_ISSUERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
