"""The project itself: settings, addresses, Celery, and the commands that need every room."""

from cmsuk.celery import app as celery_app

__all__ = ("celery_app",)
