#!/usr/bin/env bash
# Makes the secrets of docker-compose.yml, once: files that only you can read, never part of the repository.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
random() { head -c 32 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 40; }
make() { [ -s "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"; }

make redis-password "$(random)"
make clickhouse-password "$(random)"
make grafana-password "$(random)"
make cluster-secret "$(random)"
make store-redis "redis:6379,password=$(cat secrets/redis-password)"
make redis.conf "requirepass $(cat secrets/redis-password)"
# Prometheus logs in with a key of its own, made after the first start: molino user add prometheus --role viewer --api-key
[ -e secrets/prometheus-key ] || : >secrets/prometheus-key
# Containers read these as other users than you.
chmod 755 secrets
chmod 644 secrets/*
echo "secrets are in $(pwd)/secrets"
