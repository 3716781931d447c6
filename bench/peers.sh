#!/usr/bin/env bash
# Molino beside its peers, in one session on this machine, by the peers' own harness.
#   bench/peers.sh                                  Molino, BullMQ, Celery, Sidekiq; every measurement (about 25 minutes)
#   bench/peers.sh -m "enqueue drain" -s 0.05       only these measurements, with 1/20 of the jobs
#   bench/peers.sh -p "molino bullmq-1" -r 3        only these peers, medians of 3
# MOLINO_PEERS: the harness (default: ../shared/peers beside the repository). BENCH_TMP: temporary files. Other options as in its run.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
peers=${MOLINO_PEERS:-$here/../../shared/peers}
[ -f "$peers/lib/harness.py" ] || { echo "MOLINO_PEERS: no harness in $peers" >&2; exit 2; }
: "${BENCH_TMP:=${TMPDIR:-/tmp}/peerbench}"
export BENCH_TMP
mkdir -p "$BENCH_TMP"
copy=$(mktemp -d "$BENCH_TMP/harness-XXXXXX")
trap 'rm -rf "$copy"' EXIT
cp -R "$peers/." "$copy/"
ln -s "$here/peer-adapter" "$copy/adapters/molino"
out=$BENCH_TMP/molino-$(date +%Y%m%d-%H%M%S).jsonl
names="molino bullmq-1 celery-seed celery-best sidekiq-1"
args=()
while getopts "m:p:s:r:o:h" option; do
  case $option in
    p) names=$OPTARG ;;
    o) out=$OPTARG ;;
    m | s | r) args+=("-$option" "$OPTARG") ;;
    *) sed -n '2,6p' "$0"; exit 2 ;;
  esac
done
rm -f "$BENCH_TMP/home-molino/.installed" # built anew in each session
status=0
"$copy/run.sh" -p "$names" -o "$out" ${args[@]+"${args[@]}"} || status=$?
echo
python3 "$here/peer-adapter/ratios.py" "$out"
exit "$status"
