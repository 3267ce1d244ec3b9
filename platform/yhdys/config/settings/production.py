"""Settings of a real deployment. Nothing here has a default that would be unsafe to forget."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from yhdys.config import sentry
from yhdys.config.settings.base import *  # noqa: F403 - a settings module extends its base
from yhdys.config.settings.base import SENTRY_DSN, YHDYS_DOMAIN, env

NEVER_HERE = ("YHDYS_DEMO_PASSWORD", "YHDYS_MAILBOX_URL")
"""What only ``./up`` sets: demonstration accounts and the mail catcher belong to no deployment."""
ALWAYS = ("SECRET_KEY", "YHDYS_DOMAIN", "DATABASE_URL", "BROKER_URL", "CACHE_URL", "EMAIL_URL", "YHDYS_SENDER")
LEAST_SECRET = 50
"""Characters of the key, as Django's own check asks."""

if missing := [name for name in ALWAYS if not env.str(name, "")]:
    raise ImproperlyConfigured(f"Set {', '.join(missing)}: a deployment has no defaults for these.")
if present := [name for name in NEVER_HERE if env.str(name, "")]:
    raise ImproperlyConfigured(f"Take away {', '.join(present)}: it is for one's own machine only.")

SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < LEAST_SECRET or SECRET_KEY.startswith("only-for") or len(set(SECRET_KEY)) < 12:
    raise ImproperlyConfigured(f"SECRET_KEY must be random and at least {LEAST_SECRET} characters long.")
if YHDYS_DOMAIN == "localhost" or YHDYS_DOMAIN.endswith(".localhost"):
    raise ImproperlyConfigured("YHDYS_DOMAIN must be the deployment's own name, not localhost.")
if urlsplit(env.str("DATABASE_URL")).username in ("postgres", "yhdys_owner"):
    raise ImproperlyConfigured("DATABASE_URL must name the login role, which has no right of its own.")

YHDYS_GALLERY = False
YHDYS_SCHEME = "https"
YHDYS_PORT = env.int("YHDYS_PUBLIC_PORT", 443)
"""The proxy's port, as it stands in addresses; where the web itself listens is no visitor's matter."""
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

if SENTRY_DSN:
    sentry.start(SENTRY_DSN)
