# Every dependency of requirements.lock is fetched and checked against its hash; of these, the portal's own are installed.
FROM python:3.13-slim-bookworm AS paquets
WORKDIR /paquets
COPY pyproject.toml requirements.lock ./
RUN pip download --require-hashes --no-deps -r requirements.lock -d roues \
    && python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > requis.txt \
    && python -m venv /venv \
    && /venv/bin/pip install --no-index --find-links roues -r requis.txt

FROM python:3.13-slim-bookworm
# The reasons for these packages stand in bin/poste/paquets.py.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core gettext \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /portail portail \
    && install -d -o portail -g portail -m 700 /donnees
COPY --from=paquets /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=anef.settings
WORKDIR /portail
COPY . .
# Static files and catalogues need neither secret nor database: the key below lives for this line only.
RUN SECRET_KEY=construction DEMONSTRATION=true DATABASE_URL=postgres://construction REDIS_URL=redis://construction \
        sh -c "mkdir -p locale && python manage.py compilemessages --verbosity 0 && python manage.py collectstatic --noinput --verbosity 0"
USER portail
VOLUME /donnees
EXPOSE 8000
CMD ["gunicorn", "anef.wsgi", "--bind", "0.0.0.0:8000", "--no-control-socket"]
