"""One settings file, everything from the environment; `licensing_portal/checks.py` refuses what is unsafe."""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from licensing_portal import embedded, logs

os.environ["PYTHONTZPATH"] = ""

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

TESTING = "pytest" in sys.modules
# demo: sandbox CA and signer, demo people, the legal clock can be moved. Never with real data.
DEMO = env.bool("PORTAL_DEMO", default="DATABASE_URL" not in os.environ)
DEBUG = env.bool("PORTAL_DEBUG", default=False)
VAR_DIR = Path(env.str("PORTAL_VAR_DIR", default=str(BASE_DIR / "var" / ("test" if TESTING else "demo"))))
SECRET_KEY = env.str(
    "PORTAL_SECRET_KEY", default="demo-only-secret-key-never-in-production-0123456789" if DEMO else ""
)
ALLOWED_HOSTS = env.list(
    "PORTAL_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"] if DEMO else []
)
PUBLIC_URL = env.str("PORTAL_PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")

# --- servers -----------------------------------------------------------------------------------
if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
    _database_url, REDIS_URL = env.str("DATABASE_URL"), env.str("REDIS_URL")
else:
    _servers = embedded.for_settings("tests" if TESTING else "demo")
    _database_url = os.environ.get("DATABASE_URL", _servers.database_url)
    REDIS_URL = os.environ.get("REDIS_URL", _servers.redis_url)

DATABASES = {"default": env.db_url_config(_database_url)}
DATABASES["default"].update(
    CONN_MAX_AGE=env.int("PORTAL_CONN_MAX_AGE", default=0 if TESTING else 60),
    CONN_HEALTH_CHECKS=True,
    ATOMIC_REQUESTS=False,  # a legal act opens its own transaction; remote calls stay outside
)
if "PORTAL_TEST_DB" in os.environ:  # several test runs beside each other
    DATABASES["default"]["TEST"] = {"NAME": os.environ["PORTAL_TEST_DB"]}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
}

# --- apps --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # the default one would put its own site in place of ours
    "licensing_portal.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "pgtrigger",
    "django_structlog",
    "django_prometheus",
    "licensing_portal",
    "foundation.kernel",
    "foundation.journal",
    "foundation.egov",
    "foundation.accounts",
    "foundation.rulebook",
    "casework.cases",
    "casework.notices",
    "casework.documents",
    "casework.deadlines",
    "casework.decisions",
    "licenses",
    "applications",
    "appeals",
    "desks",
]
if DEMO:
    INSTALLED_APPS.append("sandbox")

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "foundation.accounts.middleware.PersonLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.accounts.middleware.PrivateMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "foundation.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "foundation.kernel.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "licensing_portal.urls"
WSGI_APPLICATION = "licensing_portal.wsgi.application"
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
                "django.template.context_processors.i18n",
                "licensing_portal.context.portal",
            ],
        },
    },
]

# Whose rate and whose wrong passwords: the connection's address, or behind our own proxy the one it names last in
# X-Forwarded-For; what a visitor writes there himself counts nowhere.
BEHIND_PROXY = env.bool("PORTAL_BEHIND_PROXY", default=False)

# --- people ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "foundation.accounts.backends.RoleBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/sign-in/"
LOGIN_REDIRECT_URL = "/home/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_FORM_FIELD = "username"  # as the form calls it; the model says "login"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "foundation.kernel.addresses.client_address"
AXES_ENABLED = env.bool("PORTAL_LOCKOUT", default=True)
# Officers need a code or ЭЦП after the password; the demo lets the password do.
SECOND_FACTOR_REQUIRED = env.bool("PORTAL_SECOND_FACTOR", default=not DEMO)
OTP_TOTP_ISSUER = "Licensing portal"
SESSION_COOKIE_AGE = 60 * 60 * 4
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "ru"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Almaty"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["licensing_portal.formats"]

# --- static, files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
if DEMO:  # before the first collectstatic; WhiteNoise warns of a missing folder
    STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(VAR_DIR / "files"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_BYTES = env.int("PORTAL_UPLOAD_MAX_BYTES", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default=str(embedded.clamd_socket("tests" if TESTING else "demo")))

DRAFT_KEPT_DAYS = env.int("PORTAL_DRAFT_KEPT_DAYS", default=180)

# --- security ----------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"  # but for previews of evidence and papers, in frames of our own pages
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if PUBLIC_URL.startswith("https://") else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
SECURE_SSL_REDIRECT = env.bool("PORTAL_SSL_REDIRECT", default=PUBLIC_URL.startswith("https://"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, "wss://127.0.0.1:13579"],  # NCALayer on the person's own machine
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    },
}

# --- DRF ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "foundation.kernel.problems.exception_handler",
    "DEFAULT_THROTTLE_RATES": {"public": "120/min", "sign_in": "20/min", "person": "600/min"},
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Digital mining licensing portal",
    "VERSION": "1",
    "DESCRIPTION": (
        "Programs send `Authorization: Token …`; browsers use their session with CSRF. A command on an existing object "
        "takes `If-Match: <version>` (missing: 428; stale: 409 `STALE_VERSION` with who changed what). `Idempotency-Key` "
        "is required for submit and sign. Errors are `application/problem+json` with `code`, `detail` in the language of "
        "`Accept-Language` (kk, ru, en), and `citation` where the law refuses. A document is signed in two steps: "
        "`sign-request/` gives the exact bytes, the action takes `sign_request` and `cms`."
    ),
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ApplicationStatus": "applications.statuses.Status",
        "ComplaintStatus": "appeals.statuses.Status",
        "SuitStatus": "appeals.suits.statuses.Status",
        "CourtOutcome": "appeals.suits.statuses.CourtOutcome",
        "ComplaintOutcome": "appeals.statuses.OUTCOME_CHOICES",
        "ComplaintAddressee": "appeals.statuses.Addressee",
        "LicenceStatus": "licenses.statuses.LicenceStatus",
        "ProceedingStatus": "licenses.proceedings.statuses.Status",
        "ProceedingKind": "licenses.proceedings.statuses.Kind",
        "ApplicationScope": "applications.models.Application.Scope",
        "PowerScope": "foundation.accounts.models.Representation.Scope",
        "TermState": "casework.deadlines.statuses.TermState",
        "HearingState": "casework.decisions.models.Hearing.State",
        "PaymentState": "applications.models.Payment.State",
        "DocumentState": "casework.documents.models.OfficialDocument.State",
        "DocumentLanguage": [("kk", "kk"), ("ru", "ru")],
        "ItemState": [(s, s) for s in ("present", "missing", "expired", "found_bad", "not_required")],
    },
}

# --- Celery ------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- ЭЦП (integrations.md A.1) -----------------------------------------------------------------
EDS = {
    "BACKEND": "builtin",
    "TRUST_DIR": env.str("EDS_TRUST_DIR", default=str(VAR_DIR / "eds" / "trust")),
    "CRL_DIR": env.str("EDS_CRL_DIR", default=str(VAR_DIR / "eds" / "crl")),
    "CRL_MAX_AGE_H": 24,
    "REVOCATION": "hard",
    "ALGORITHMS": ["rsa-sha256", "ecdsa-sha256"],
    "MAX_CMS_BYTES": 262144,
    "MAX_SIGNERS": 1,
    # Nobody shall be trained to use the signing key for logins (integrations.md A.5).
    "LOGIN_WITH_SIGN_KEY": env.bool("EDS_LOGIN_WITH_SIGN_KEY", default=False),
    # Empty: files of CRL_DIR. The sandbox makes its lists for the asked legal moment.
    "CRL_PROVIDER": env.str("EDS_CRL_PROVIDER", default="sandbox.eds.SandboxCrlProvider" if DEMO else ""),
    "SANDBOX": DEMO,
    "SANDBOX_DIR": str(VAR_DIR / "eds" / "sandbox"),
}
# Keys of the authority: seal (PAdES), QR and journal anchors; made by `rotate_keys`, mode 0600.
KEYS_DIR = Path(env.str("PORTAL_KEYS_DIR", default=str(VAR_DIR / "keys")))
# The seal's certificate names the authority. With a provider (demo) the certificate is made on the spot; otherwise
# `rotate_keys` writes a request for the certification centre.
SEAL = {
    "PROVIDER": env.str("PORTAL_SEAL_PROVIDER", default="sandbox.eds.issue_seal_identity" if DEMO else ""),
    "ORGANIZATION": env.str(
        "PORTAL_SEAL_ORGANIZATION", default="SANDBOX Лицензиар цифрового майнинга" if DEMO else ""
    ),
    "BIN": env.str("PORTAL_SEAL_BIN", default="190940000009" if DEMO else ""),
}
SIGN_REQUEST_MINUTES = 10

# --- gateway of the "electronic government" (integrations.md B) --------------------------------
GATEWAY = {
    "URL": env.str("GATEWAY_URL", default="http://127.0.0.1:8710" if DEMO else ""),
    "TOKEN": env.str("GATEWAY_TOKEN", default="sandbox-token" if DEMO else ""),
    "CONNECT_TIMEOUT_S": 2.0,
    "TOTAL_TIMEOUT_S": 10.0,
    "MAX_BYTES": 1_000_000,
}
MONITORING_FEED_URL = env.str("MONITORING_FEED_URL", default="http://127.0.0.1:8720" if DEMO else "")
MONITORING_FEED_SECRET = env.str("MONITORING_FEED_SECRET", default="sandbox-secret" if DEMO else "")

# --- mail --------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:8725" if DEMO else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("PORTAL_MAIL_FROM", default="licensing@portal.example")
EMAIL_TIMEOUT = 10

# --- the register ------------------------------------------------------------------------------
LICENCE_NUMBER_LETTERS = env.str("LICENCE_NUMBER_LETTERS", default="DML")

# --- logs: ids only, never names or IIN --------------------------------------------------------
LOGGING = logs.configured(
    level=env.str("PORTAL_LOG_LEVEL", default="WARNING"),
    requests=env.str("PORTAL_LOG_LEVEL", default="WARNING" if TESTING else "INFO"),
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
SILENCED_SYSTEM_CHECKS: list[str] = []
