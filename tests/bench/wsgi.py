"""What gunicorn serves while it is measured: the portal, and bare pages beside it."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from tests.bench import bare_settings  # noqa: E402

bare_settings.apply()
application = get_wsgi_application()
