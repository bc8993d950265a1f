"""Where rows, sessions, files and queued work are kept."""

from bootstrap_wrapper import get_bootstrap_dir

from cmsuk import stores
from cmsuk.schedule import BEAT_SCHEDULE
from cmsuk.settings.installation import BASE_DIR, VAR_DIR, env

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'cmsuk.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # SQLite has no row locks: IMMEDIATE takes the write lock at the start, where it can wait.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Opening a connection costs more than most pages; one that died is noticed and opened anew.
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Pages ask small questions of rows that lie in memory: helpers and compiled plans take longer
    # to start than to answer, and looking one row up is cheap.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
        }
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Queue and schedule --------------------------------------------------------------------------
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL or "filesystem://localhost//")
if CELERY_BROKER_URL.startswith("filesystem"):
    BROKER_DIR = VAR_DIR / "broker"
    for folder in ("queue", "processed", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT = "cmsuk.folder_queue:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
else:
    # A dead worker's tasks go to another after so many seconds; `cmsuk/holding.py` lets living ones
    # say that they still hold theirs. Without the other two kombu looks only every 100 seconds.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 30,
        "unacked_restore_throttle": 1,
        "unacked_restore_interval": 2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# A process of the pool that was killed, for want of memory say, gives its task back at once.
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# Files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", str(get_bootstrap_dir())),
]
STORAGES = stores.under(VAR_DIR)
MEDIA_ROOT = VAR_DIR / "media"
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=5 * 1024 * 1024)
EVIDENCE_MAX_FILES = env.int("EVIDENCE_MAX_FILES", default=5)
DOWNLOAD_MAX_BYTES = env.int("DOWNLOAD_MAX_BYTES", default=10 * 1024 * 1024)
ISSUE_MAX_BYTES = env.int("ISSUE_MAX_BYTES", default=20 * 1024 * 1024)
CLAMAV_SOCKET = env("CLAMAV_SOCKET", default="")

# Backups -------------------------------------------------------------------------------------
BACKUP_DIR = VAR_DIR / "backups"
BACKUP_KEY = env("BACKUP_KEY", default="")
BACKUPS_KEPT_DAYS = env.int("BACKUPS_KEPT_DAYS", default=35)
