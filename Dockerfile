# One image for every role: kehoach web, worker, prefect, db upgrade (compose.yaml and docs/deploy/helm say which).
FROM python:3.13-slim-bookworm AS made
WORKDIR /build
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/kehoach && /opt/kehoach/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY workflows workflows
COPY notifications notifications
COPY flows flows
COPY service service
RUN /opt/kehoach/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm
# Tinos has the widths of Times New Roman, for PDF; LibreOffice reads .doc, .odt and .rtf.
RUN apt-get update && apt-get install -y --no-install-recommends fontconfig fonts-croscore libreoffice-writer-nogui \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home kehoach
COPY --from=made /opt/kehoach /opt/kehoach
USER 10001
ENV KEHOACH_DATA_DIR=/data PATH=/opt/kehoach/bin:$PATH PYTHONUNBUFFERED=1
ENTRYPOINT ["kehoach"]
CMD ["web"]
