"""A real identity provider in a process of its own: the one that comes with the sign-in library, on loopback.

``python issuer.py FOLDER PORT CALLBACK…`` answers at http://127.0.0.1:PORT. Its people are ``PEOPLE``; each shows who
they are with ``PASSWORD``. Its one client is ``CLIENT`` with ``SECRET``, which may be sent back to the callbacks alone.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIServer, make_server

CLIENT, SECRET, PASSWORD = "yhdys", "client-secret", "people-password"
PEOPLE = {
    "kaija": ("kaija@esimerkki.example", True),
    "unproven": ("kaija@esimerkki.example", False),
    "anna": ("anna@esimerkki.example", True),
    "stranger": ("kaija@muualla.example", True),
}
"""User name at the provider → address of e-mail, and whether the provider has seen it proven."""


@contextmanager
def running(folder: Path, *callbacks: str) -> Iterator[str]:
    """A process of it while inside; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, __file__, str(folder), str(port), *callbacks]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def configure(folder: Path) -> None:
    """A small Django project of its own, with a database in ``folder``."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="only-for-tests",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "issuer.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SESSION_COOKIE_NAME="issuer_session",
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=key.decode(),
        USE_TZ=True,
    )  # fmt: skip


def fill(callbacks: list[str]) -> None:
    """The people and the client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name, (email, proven) in PEOPLE.items():
        user = User.objects.create_user(name, email=email, password=PASSWORD)
        EmailAddress.objects.create(user=user, email=email, verified=proven, primary=True)
    Client.objects.create(
        id=CLIENT, name="Yhdys", secret=make_password(SECRET), skip_consent=True, scopes="openid\nprofile\nemail",
        redirect_uris="\n".join(callbacks),
    )  # fmt: skip


def main(folder: str, port: str, *callbacks: str) -> None:
    """Serve until killed."""
    configure(Path(folder))
    import django
    from django.core.wsgi import get_wsgi_application

    django.setup()
    fill(list(callbacks))
    server: WSGIServer = make_server("127.0.0.1", int(port), get_wsgi_application())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


def __getattr__(name: str) -> object:
    """The module is the provider's list of addresses, too, which can be read only once Django is configured."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path

    return [path("", include("allauth.idp.urls")), path("accounts/", include("allauth.account.urls"))]


if __name__ == "__main__":
    main(*sys.argv[1:])
