"""One settings file; what differs between installations comes from the environment."""

from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from django.utils.csp import CSP

from juries.project import environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent

MODE = environment.choice("RAATIHUONE_MODE", environment.MODES, "production")
DEMO = MODE == "demo"
DATA = Path(environment.text("RAATIHUONE_DATA", str(BASE_DIR / ".data")))
DEBUG = environment.truth("DJANGO_DEBUG", default=MODE == "development")
SECRET_KEY = environment.text("DJANGO_SECRET_KEY", environment.DEFAULT_SECRET)
# Codes in letters outlive a changed secret key, so they may have a key of their own.
CODE_KEY = environment.text("RAATIHUONE_CODE_KEY", SECRET_KEY)
# What is sensitive is sealed with keys that are kept, and backed up, apart from the database.
KEYS = Path(environment.text("RAATIHUONE_KEYS", str(DATA / "keys.json")))
HTTPS = environment.truth("RAATIHUONE_HTTPS", default=MODE == "production")
ALLOWED_HOSTS = environment.text(
    "RAATIHUONE_HOSTS", "" if MODE == "production" else "localhost,127.0.0.1,[::1],testserver"
).split(",")
# Only these are believed when they say from where somebody comes.
PROXIES = environment.networks(environment.text("RAATIHUONE_PROXIES"))
if MODE == "production":
    environment.refuse_unsafe_production(
        debug=DEBUG,
        secret=SECRET_KEY,
        https=HTTPS,
        hosts=[host for host in ALLOWED_HOSTS if host],
        keys=KEYS,
        proxies=environment.text("RAATIHUONE_PROXIES"),
    )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "juries",
    "selection",
    "sessions",
    "statements",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOMS = ["juries", "selection", "sessions", "statements"]

ROOT_URLCONF = "juries.project.urls"
WSGI_APPLICATION = "juries.project.wsgi.application"
FORM_RENDERER = "juries.rendering.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "juries.context.house",
            ],
        },
    }
]

DATA.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", f"sqlite:///{DATA / 'raatihuone.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A deferred transaction that turns into a write fails at once under load; IMMEDIATE waits.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Letters and messages are made without a request, so the house knows its own address.
ADDRESS = environment.text(
    "RAATIHUONE_ADDRESS",
    f"https://{ALLOWED_HOSTS[0]}" if MODE == "production" else "http://127.0.0.1:8000",
).rstrip("/")
DEFAULT_FROM_EMAIL = environment.text(
    "RAATIHUONE_MAIL_FROM", "" if MODE == "production" else "raatihuone@localhost"
)
# In production nothing is sent until it is said where.
MAILERS = environment.mailers(
    environment.text(
        "RAATIHUONE_MAIL",
        {"production": "", "test": "memory:"}.get(MODE, f"file://{DATA / 'mail'}"),
    ),
    DEFAULT_FROM_EMAIL,
)

CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL", "filesystem://")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    environment.filesystem_broker(DATA / "broker")
    if CELERY_BROKER_URL.startswith("filesystem")
    else {}
)
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "send messages": {"task": "juries.tasks.send_messages", "schedule": 10.0},
    "forget what was sent": {"task": "juries.tasks.forget_what_was_sent", "schedule": 3600.0},
    "take up stalled letters": {"task": "juries.tasks.take_up_stalled_letters", "schedule": 10.0},
    "erase old letters": {"task": "juries.tasks.erase_old_letters", "schedule": 3600.0},
    "take up stalled lotteries": {"task": "selection.tasks.take_up_stalled", "schedule": 10.0},
    "remind who has not answered": {
        "task": "selection.tasks.remind_who_has_not_answered",
        "schedule": crontab(hour=9, minute=0),
    },
    # Where nobody answers, one turn is not over when the next begins: that one is then left out.
    "fetch beacons": {
        "task": "selection.tasks.fetch_beacons",
        "schedule": 10.0,
        "options": {"expires": 9},
    },
    "take up stalled files": {"task": "juries.tasks.take_up_stalled_uploads", "schedule": 10.0},
    "forget files nobody imported": {"task": "juries.tasks.forget_old_uploads", "schedule": 3600.0},
    "erase what has been kept long enough": {
        "task": "juries.tasks.run_retention",
        "schedule": crontab(hour=1, minute=20),
    },
    "keep the heads of the log": {
        "task": "juries.tasks.keep_audit_heads",
        "schedule": crontab(hour=1, minute=50),
    },
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

AUTH_USER_MODEL = "juries.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "juries"
LOGOUT_REDIRECT_URL = "front"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if MODE == "test":
    # A password made slow to guess is slow to make: most of the time of a test.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "juries.formats"
TIME_ZONE = "Europe/Helsinki"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
# Only production collects its static files beforehand, so only there do they carry a hash.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE != "production"

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_AGE = 8 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# What breaks is told on standard error, with its traceback and without anybody's data.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR"}},
}
