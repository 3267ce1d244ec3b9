"""Settings of a real deployment. Nothing here has a default that would be unsafe to forget."""

from yhdys.config.settings.base import *  # noqa: F403 - a settings module extends its base
from yhdys.config.settings.base import env

SECRET_KEY = env.str("SECRET_KEY")
YHDYS_GALLERY = False
YHDYS_SCHEME = "https"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^-/"]
SESSION_COOKIE_NAME = "__Host-yhdys_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-yhdys_csrf"
CSRF_COOKIE_SECURE = True
YHDYS_MESSAGES_COOKIE_NAME = "__Host-yhdys_messages"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
