# The service's image: the same pinned packages as everywhere else, and what the PDFs need.
FROM python:3.11.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp

RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /srv/throughline throughline

WORKDIR /srv/throughline
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements.txt

COPY . .
# Compiled once, here, for no process may write beside the source; static files are named after what is in them; nothing here is a secret or is kept.
RUN THROUGHLINE_MODE=production SECRET_KEY=only-while-the-image-is-made ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgres://nobody@localhost/nothing python manage.py collectstatic --noinput \
 && python -m compileall -q config core referrals panels contracts kpis \
 && install -d -o throughline -g throughline /srv/files /srv/timetable

USER throughline
EXPOSE 8000
CMD ["sh", "-c", "exec gunicorn config.wsgi --preload -b 0.0.0.0:8000 -w ${WEB_WORKERS:-3} --timeout 60 --worker-tmp-dir /dev/shm"]
