# syntax=docker/dockerfile:1

# The server with Oracle Instant Client 23, which talks to Oracle Database 19 and later.
#
# Both stages that matter are Oracle Linux 9: Oracle publishes its client for it, dependencies and
# loader configuration included, and a binary linked on Debian 12 or 13 could ask for a newer glibc
# than the 2.34 it has. The Rust toolchain comes out of the official image; it runs on any glibc
# since 2.17.
#
# .ci/run lints this file and cannot build it, for want of a container engine; the workflow in
# .github builds and starts it.

FROM rust:1.95-slim-bookworm AS toolchain

FROM oraclelinux:9 AS build
# The linker, and the compiler for SQLite and for ODPI-C, whose sources the crates bring along.
# hadolint ignore=DL3041
RUN dnf -y install gcc && dnf clean all
COPY --from=toolchain /usr/local/rustup /usr/local/rustup
COPY --from=toolchain /usr/local/cargo /usr/local/cargo
ENV RUSTUP_HOME=/usr/local/rustup \
    CARGO_HOME=/usr/local/cargo \
    PATH=/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /build
COPY . .
# The caches keep the dependencies, downloaded and compiled, from one build to the next. They are
# no part of the image, so the program is copied out of them. Cargo tells by its time whether a
# file has changed, and a copy can be older than what an earlier build left in the cache.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    find src db recurrence -type f -exec touch {} + \
    && cargo build --release --locked \
    && install target/release/persony /usr/local/bin/persony

FROM ghcr.io/oracle/oraclelinux9-instantclient:23
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Persony" \
      org.opencontainers.image.description="A personal calendar service for people whose data lives in Oracle" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# The account can write to this folder alone, which holds the embedded engine's file: mount a
# volume there to keep it. On Oracle nothing is written.
RUN echo 'persony:x:10001:10001::/var/lib/persony:/sbin/nologin' >> /etc/passwd \
    && echo 'persony:x:10001:' >> /etc/group \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/persony
COPY --from=build /usr/local/bin/persony /usr/local/bin/persony
USER 10001:10001
WORKDIR /var/lib/persony

# Other machines reach a container by its own address.
ENV ROCKET_ADDRESS=0.0.0.0 \
    ROCKET_PORT=5000
EXPOSE 5000

# Asks bash alone, because the image need not have curl. The database is not asked: a server whose
# database is away is not to be restarted.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/$ROCKET_PORT\" && printf 'GET /api/health HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

# Rocket finishes the requests under way.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/persony"]
