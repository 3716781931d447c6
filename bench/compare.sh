#!/usr/bin/env bash
# This tree's silo beside that of another commit, called in turn, so that a noisy machine meets both alike: compare the ratios.
#   bench/compare.sh HEAD~3                     on SQLite
#   bench/compare.sh HEAD~3 --store redis       each on a redis-server of its own; further arguments as for bench/run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
revision=${1:?bench/compare.sh COMMIT [--store redis]}
other=$(mktemp -d)
trap 'git -C "$here" worktree remove --force "$other"' EXIT
git -C "$here" worktree add --quiet --detach "$other" "$revision"
DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet build "$other/src/Silo" --configuration Release --verbosity quiet --nologo -p:RunAnalyzers=false
"$here/run.sh" compare --other "$other/src/Silo/bin/Release/net10.0/molino-silo.dll" "${@:2}"
