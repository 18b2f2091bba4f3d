# Built in one image and run in another, which has no compiler, no cache and no root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/ally
COPY pyproject.toml hatch_build.py constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY data ./data
COPY deploy/ally.service ./deploy/ally.service
RUN /opt/ally/bin/pip install --no-cache-dir -c constraints.txt '.[speed,postgres,pages,pdf]'

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/ally ally
COPY --from=build /opt/ally /opt/ally
ENV PATH=/opt/ally/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ALLY_STATE=/var/lib/ally ALLY_MONITOR_PORT=9100 ALLY_HTTP_HOST=0.0.0.0
USER 10001
VOLUME /var/lib/ally
WORKDIR /var/lib/ally
EXPOSE 8080 9100
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9100/readyz', timeout=4)"]
ENTRYPOINT ["ally"]
CMD ["run"]
