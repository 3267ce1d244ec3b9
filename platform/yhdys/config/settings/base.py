"""Settings common to every way of running Yhdys. What differs comes from the environment."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
import pghistory
from django.utils.csp import CSP
from environs import Env
from redis.backoff import NoBackoff
from redis.retry import Retry

env = Env()

# --- Who we are -----------------------------------------------------------------------------------------------------
YHDYS_DOMAIN = env.str("YHDYS_DOMAIN", "localhost")
"""The national site's host; a region lives at <slug>.<this>."""
YHDYS_PORT = env.int("YHDYS_PORT", 8000)
YHDYS_SCHEME = env.str("YHDYS_SCHEME", "http")
YHDYS_OPERATOR = env.str("YHDYS_OPERATOR", "Valtakunnallinen järjestöohjelma")
"""Who keeps the national site and answers for the data of its users."""
YHDYS_CONTACT = env.str("YHDYS_CONTACT", "yhdys@yhdys.example")
"""Where people write about the national site."""
YHDYS_MAILBOX_URL = env.str("YHDYS_MAILBOX_URL", "")
"""Where a person reads the mail that the local catcher caught; empty in production."""
YHDYS_DATA = Path(env.str("YHDYS_DATA", ".data"))
DEBUG = False
ALLOWED_HOSTS = ["*"]  # Our own middleware knows the hosts; an unknown one gets a plain 404.

# --- Apps: public schema, each region's schema, or both ------------------------------------------------------------
BOTH_APPS = [
    "yhdys.tenancy",
    "yhdys.privacy",
    "yhdys.audit",
    "yhdys.mail",
    "yhdys.accounts",
    "yhdys.tokens",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
]
SHARED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "yhdys.core",
    "yhdys.places",
    "yhdys.keywords",
    "yhdys.regions",
    "yhdys.overview",
    # No tables of their own: what a row was is kept beside its table, by triggers.
    "pgtrigger",
    "pghistory",
    *BOTH_APPS,
    # No tables of their own: they stand here so that their code is found. Ours comes first, so that its templates win.
    "yhdys.web",
    "django_tenants",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "rules",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "django_filters",
    "allauth",
    "yhdys.api",
    "django.forms",  # Behind yhdys.web, whose templates dress its widgets.
]
TENANT_APPS = [
    *BOTH_APPS,
    "yhdys.site",
    "yhdys.feedback",
    "yhdys.organisations",
    "yhdys.councils",
    "yhdys.nominations",
    "yhdys.meetings",
    "yhdys.news",
    "yhdys.demo",
]
INSTALLED_APPS = [
    # modeltranslation must be ready before the models it translates.
    "modeltranslation",
    *SHARED_APPS,
    *[app for app in TENANT_APPS if app not in SHARED_APPS],
]
TENANT_MODEL = "regions.Region"
TENANT_DOMAIN_MODEL = "regions.Domain"
TENANT_DB_ALIAS = "owner"
DATABASE_ROUTERS = ["yhdys.tenancy.routers.RegionRouter", "django_tenants.routers.TenantSyncRouter"]

# --- Database -------------------------------------------------------------------------------------------------------
# The web and the workers log in as a role without any right of its own. Only deployment commands know the owner.
DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", "postgresql://yhdys_login@localhost/yhdys"),
        engine="yhdys.tenancy.backend",
    )
}
DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 0, "max_size": env.int("DATABASE_POOL", 16), "timeout": 10}}
# A pooled connection that outlived a restart of the server is noticed before a request uses it.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if OWNER_DATABASE_URL := env.str("OWNER_DATABASE_URL", ""):
    DATABASES["owner"] = dj_database_url.parse(OWNER_DATABASE_URL, engine="django_tenants.postgresql_backend")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- History --------------------------------------------------------------------------------------------------------
# Read by yhdys.audit.tracking. The library's own tables (its context) are not used, nor is its way of changing columns.
MIGRATION_MODULES: dict[str, str | None] = {"pghistory": None}
PGTRIGGER_SCHEMA_EDITOR = False
PGHISTORY_FIELD = pghistory.Field(null=True)
PGHISTORY_EXCLUDE_FIELD_KWARGS = {
    "django.db.models.Field": [
        *("blank", "choices", "default", "editable", "help_text", "storage", "upload_to", "validators", "verbose_name")
    ]
}

# --- Web ------------------------------------------------------------------------------------------------------------
ROOT_URLCONF = "yhdys.config.urls_national"
REGION_URLCONF = "yhdys.config.urls_region"
WSGI_APPLICATION = "yhdys.config.wsgi.application"
MIDDLEWARE = [
    "yhdys.tenancy.operations.RequestMiddleware",
    "yhdys.tenancy.operations.OperationsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yhdys.tenancy.middleware.RegionMiddleware",
    "yhdys.web.kept.middleware.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yhdys.accounts.middleware.LastSeenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "yhdys.web.context.site",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            # Loaded in every template; a page need not say {% load i18n static %}.
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "yhdys.web.templatetags.access",
                "yhdys.web.templatetags.yhdys",
            ],
        },
    }
]
FORM_RENDERER = "yhdys.web.forms.Renderer"
COTTON_ISOLATE_BY_DEFAULT = (
    True  # A component sees its attributes and the context processors, not its page's variables.
)
YHDYS_GALLERY = False
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "yhdys.accounts.sessions"
SESSION_COOKIE_NAME = "yhdys_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_NAME = "yhdys_csrf"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "yhdys.web.messages.RegionMessageStorage"
YHDYS_MESSAGES_COOKIE_NAME = "yhdys_messages"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("YHDYS_STATIC_ROOT", str(YHDYS_DATA / "static")))
MEDIA_ROOT = Path(env.str("YHDYS_MEDIA_ROOT", str(YHDYS_DATA / "media")))
STORAGES = {
    "default": {"BACKEND": "yhdys.tenancy.storage.RegionStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Languages ------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
MODELTRANSLATION_LANGUAGES = ("fi", "sv", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "fi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("fi", "sv", "en")
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["yhdys.config.formats"]

# --- Sign-in --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "yhdys.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "yhdys.accounts.adapters.MFAAdapter"
ACCOUNT_FORMS = {
    name: f"yhdys.web.account.forms.{form}"
    for name, form in {
        "login": "SignInForm",
        "request_login_code": "RequestCodeForm",
        "confirm_login_code": "CodeForm",
        "reset_password": "ForgottenPasswordForm",
        "confirm_password_reset_code": "CodeForm",
        "reset_password_from_key": "ChoosePasswordForm",
        "add_email": "ChangeAddressForm",
        "confirm_email_verification_code": "ConfirmAddressForm",
        "change_password": "ChangePasswordForm",
        "set_password": "FirstPasswordForm",
        "reauthenticate": "PasswordAgainForm",
    }.items()
}
MFA_FORMS = {
    name: f"yhdys.web.account.second_factor_forms.{form}"
    for name, form in {
        "authenticate": "SecondFactorForm",
        "authenticate_webauthn": "PasskeyForm",
        "reauthenticate": "SecondFactorAgainForm",
        "activate_totp": "ActivateAppForm",
        "reauthenticate_webauthn": "PasskeyAgainForm",
        "login_webauthn": "SignInByPasskeyForm",
        "add_webauthn": "AddPasskeyForm",
        "edit_webauthn": "RenamePasskeyForm",
    }.items()
}
LOGIN_REDIRECT_URL = "workspace:home"
LOGOUT_REDIRECT_URL = "/"
# Nobody signs up by themselves: an administrator invites. What proves an address is a code, never a link, for the
# library's links sign a key that another region may have too.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("YHDYS_TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers take http://*.localhost for a secure place, the library does not know it.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = YHDYS_SCHEME == "http"
# An organisation's own identity provider: rows of the region (accounts.identityprovider), never the library's.
SOCIALACCOUNT_ADAPTER = "yhdys.accounts.identity.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
YHDYS_INNER_ISSUERS = False
"""Whether an identity provider may answer without TLS or from inside the deployment's network."""
AUTH_PASSWORD_VALIDATORS = [
    # The first one's rule stands beside the field: what most mistakes are about.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Cache, broker, mail --------------------------------------------------------------------------------------------
CACHE_URL = env.str("CACHE_URL", "redis://localhost:6379/1")
CACHES = {
    "default": {
        "BACKEND": "yhdys.tenancy.cache.RegionCache",
        "LOCATION": CACHE_URL,
        # Who waits for a cache might as well do without it.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 1)},
        "KEY_FUNCTION": "yhdys.tenancy.cache.make_key",
    }
}
YHDYS_KEEP_PAGES = env.bool("YHDYS_KEEP_PAGES", True)
"""Whether public pages are kept ready until what they are made from changes."""
CELERY_BROKER_URL = env.str("BROKER_URL", "redis://localhost:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Helsinki"
# A broker that does not answer must not hold a request for long: the outbox's sweep brings what was not sent.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 3}


def mailer(url: str) -> dict[str, object]:
    """One entry of MAILERS from ``smtp://user:password@host:port`` (``smtps://`` for TLS, ``?starttls=1``)."""
    parts = urlsplit(url)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": "starttls" in parse_qs(parts.query),
            "timeout": 20,
        },
    }


MAILERS = {"default": mailer(env.str("EMAIL_URL", "smtp://localhost:25"))}
YHDYS_SENDER = env.str("YHDYS_SENDER", "yhdys@yhdys.example")
"""The national programme's own sender; a region's stands in its settings."""

# --- Logs -----------------------------------------------------------------------------------------------------------
LOGGING_CONFIG = "yhdys.config.logging.configure"
LOGGING = {"format": env.str("LOG_FORMAT", "json"), "level": env.str("LOG_LEVEL", "INFO")}

# --- Watching -------------------------------------------------------------------------------------------------------
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
"""What Prometheus says at ``/-/metrics``; empty: there is no such address."""
SENTRY_DSN = env.str("SENTRY_DSN", "")
"""Where errors are told, without anything of people; empty: nowhere."""

# --- API ------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "yhdys.api.schema.Description",
    "DEFAULT_RENDERER_CLASSES": ["yhdys.api.parsing.Compact"],
    "DEFAULT_PARSER_CLASSES": ["yhdys.api.parsing.JSON"],
    # Closed unless an address says otherwise.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_RATES": {"anon": env.str("API_PACE", "120/min"), "token": env.str("API_TOKEN_PACE", "600/min")},
    "NUM_PROXIES": env.int("YHDYS_TRUSTED_PROXIES", 0),
    "EXCEPTION_HANDLER": "yhdys.api.errors.problem",
}
# The library's own table of tokens is never made: ours stands in each schema, with scopes and a name.
KNOX_TOKEN_MODEL = "tokens.AccessToken"  # noqa: S105 - the name of a model
MIGRATION_MODULES["knox"] = None
REST_KNOX = {"TOKEN_PREFIX": "yhdys_", "AUTH_HEADER_PREFIX": "Bearer"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Yhdys",
    "DESCRIPTION": (
        "The regional advisory councils of organisations as data. Anybody reads what is public; with a token a program "
        "reads and changes what its user may."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AgendaItemKind": "yhdys.meetings.enums.ItemKind.choices",
        "ArticleKind": "yhdys.news.enums.ArticleKind.choices",
        "ArticleState": "yhdys.news.enums.ArticleState.choices",
        "BodyKind": "yhdys.councils.enums.BodyKind.choices",
        "Language": LANGUAGES,
        "MeetingKind": "yhdys.meetings.enums.MeetingKind.choices",
        "MeetingState": "yhdys.meetings.enums.MeetingState.choices",
        "MinutesKind": "yhdys.councils.enums.MinutesKind.choices",
        "MinutesState": "yhdys.meetings.enums.MinutesState.choices",
        "RoleAtMeeting": "yhdys.meetings.enums.InvitationRole.choices",
        "RoleInBody": "yhdys.councils.enums.Role.choices",
        "TermState": "yhdys.councils.enums.TermState.choices",
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
