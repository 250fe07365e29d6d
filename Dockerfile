# The front end is built once, here; the image that runs only serves it.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps \
    --require-hashes -r requirements.txt
COPY . .
RUN /venv/bin/python -m fintrack build && rm -rf .web/node_modules

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 10001 fintrack && install -d -m 0700 -o fintrack /data
COPY --from=build /venv /venv
COPY --from=build --chown=fintrack /app /app
WORKDIR /app
USER fintrack
ENV FINTRACK_HOST=0.0.0.0 FINTRACK_DATA_DIR=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["/venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/ping')"]
CMD ["/venv/bin/python", "-m", "fintrack", "serve"]
