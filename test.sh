#!/usr/bin/env bash
# The one test command for people and CI: installs what is missing, checks the format, builds with warnings as
# errors, runs every test (those of dispatch on SQLite and on Redis), and closes with the runner's own counts.
# Exits non-zero when anything fails.
#   ./test.sh                 everything
#   ./test.sh --hostile 7     the same with the actor runtime in hostile mode, seed 7
set -euo pipefail
# Some tests press Ctrl-C. A shell that runs this in the background ignores it, and what is ignored is inherited.
[ -n "${MOLINO_TEST_SIGNALS:-}" ] || MOLINO_TEST_SIGNALS=1 exec env --default-signal=INT,QUIT bash "$0" "$@"
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [ "${1:-}" = "--hostile" ]; then
  export MOLINO_HOSTILE="${2:?--hostile needs a seed}"
fi

packages=(clickhouse-server clickhouse-client postgresql redis-server libfaketime gcc)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  echo "== installing ${missing[*]}"
  sudo=''; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
fi

echo '== restore'
dotnet restore Molino.sln --verbosity quiet
echo '== format'
dotnet format Molino.sln --no-restore --verify-no-changes --severity warn
echo '== build'
dotnet build Molino.sln --no-restore --configuration Release --verbosity quiet --nologo

echo '== test'
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
run() { # results-folder, what to test
  env --default-signal=INT,QUIT dotnet test "${@:2}" --no-build --configuration Release --nologo -m:1 \
    --logger 'console;verbosity=minimal' --logger trx --results-directory "$results/$1"
}
# The tests of dispatch run on both stores; on Redis beside the others, since they mostly wait. What runs in the background would ignore Ctrl-C.
MOLINO_TEST_STORE=redis run redis tests/Dispatch.Tests >"$results/redis.log" 2>&1 &
redis=$!
MOLINO_TEST_STORE=sqlite run all Molino.sln || status=$?
wait "$redis" || status=$?
echo '== test: Dispatch.Tests on Redis'
cat "$results/redis.log"

# The runner's counts stand in each result file: <Counters total=".." executed=".." passed=".." failed=".." ... />
count() { cat "$results"/*/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{s+=$1} END {print s+0}'; }
total=$(count total) passed=$(count passed) executed=$(count executed)
failed=$((executed - passed)) skipped=$((total - executed))
[ "$total" -gt 0 ] || { echo 'no test ran' >&2; status=1; }
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
