# One image for web, worker and beat.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
RUN useradd --system --create-home --uid 10001 feedback && mkdir /data && chown feedback /data
COPY --from=build /venv /venv
WORKDIR /app
COPY --chown=feedback . .
# Static files are gathered into the image: they change with the code, never with the data.
RUN SECRET_KEY=only-while-building DATA_DIR=/app/var REDIS_URL=redis://unused python manage.py collectstatic --noinput -v0
ENV STATIC_ROOT=/app/var/staticfiles
USER feedback
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000"]
