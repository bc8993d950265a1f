"""The portal's settings with bare pages beside its own, and no files that must be collected."""

from django.conf import settings


def apply() -> None:
    settings.ROOT_URLCONF = "tests.bench.bare"
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
