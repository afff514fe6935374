# The production images: `portal` (web, worker, beat, commands) and `scanner` (clamd with its updater).
# Debian 12, as on the machines the tests run on.

FROM debian:12-slim AS libraries
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates gettext python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY requirements-uv.lock requirements-runtime.lock ./
RUN python3 -m venv /build/uv \
    && /build/uv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-uv.lock \
    && python3 -m venv --without-pip /srv/venv \
    && UV_LINK_MODE=copy /build/uv/bin/uv pip sync --no-cache --compile-bytecode --require-hashes \
       --python /srv/venv/bin/python requirements-runtime.lock
COPY . /srv/portal
WORKDIR /srv/portal
# Static files need no servers, no keys and no sandbox.
RUN find . -path '*/locale/*/LC_MESSAGES/*.po' -exec sh -c 'msgfmt --check-format -o "${1%.po}.mo" "$1"' _ {} \; \
    && PORTAL_NO_SERVERS=1 PORTAL_DEMO=0 PORTAL_SECRET_KEY=only-while-static-files-are-collected \
       /srv/venv/bin/python manage.py collectstatic --noinput --skip-checks

FROM debian:12-slim AS portal
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates openssl python3 \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-paratype fonts-noto-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /home/portal portal \
    && install -d -o portal -g portal -m 0700 /srv/var \
    && install -d -m 1777 /scanner
COPY --from=libraries /srv/venv /srv/venv
COPY --from=libraries /srv/portal /srv/portal
WORKDIR /srv/portal
ENV PATH=/srv/venv/bin:/usr/bin:/bin PYTHONUNBUFFERED=1 PYTHONTZPATH= \
    PORTAL_DEMO=0 PORTAL_VAR_DIR=/srv/var DJANGO_SETTINGS_MODULE=licensing_portal.settings
USER portal
ENTRYPOINT ["docker/entrypoint.sh"]
CMD ["gunicorn", "licensing_portal.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", \
     "--no-control-socket"]

FROM debian:12-slim AS scanner
RUN printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d \
    && apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates clamav-daemon clamav-freshclam \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -m 1777 /scanner
COPY docker/clamd.conf docker/scanner.sh /etc/portal/
USER clamav
CMD ["/etc/portal/scanner.sh"]
