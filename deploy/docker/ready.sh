#!/bin/bash
# Health check of a silo without any tool beyond bash: exits 0 when /health/ready answers 200.
#   ready.sh [host] [port]
exec 3<>"/dev/tcp/${1:-127.0.0.1}/${2:-8080}" || exit 1
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
