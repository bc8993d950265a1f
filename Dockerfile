# One image for web, worker and beat; what differs is the command and the environment.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
# Collected with the demo's settings: style sheets do not depend on the environment.
RUN VAR_DIR=/app/var python manage.py collectstatic --noinput \
    && rm -f /app/var/secret-key \
    && useradd --system --home /app cmsuk \
    && chown -R cmsuk /app/var

USER cmsuk
EXPOSE 8000
CMD ["gunicorn", "cmsuk.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
