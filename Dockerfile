# One image for web, worker and beat; what differs is the command and the environment.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
# Collected with the demo's settings: style sheets do not depend on the environment. The rest of the
# image is read-only when it runs; what is written lies in these three folders, which are mounted.
RUN VAR_DIR=/app/var python manage.py collectstatic --noinput \
    && rm -f /app/var/secret-key \
    && useradd --system --uid 10001 --home /app --shell /usr/sbin/nologin cmsuk \
    && mkdir -p /app/var/evidence /app/var/made /app/var/backups /app/var/metrics \
    && chmod 700 /app/var/evidence /app/var/made /app/var/backups \
    && chown -R 10001:10001 /app/var/evidence /app/var/made /app/var/backups /app/var/metrics

USER 10001
EXPOSE 8000
CMD ["gunicorn", "cmsuk.wsgi", "--config", "python:cmsuk.serving", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
