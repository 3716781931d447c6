#!/usr/bin/env bash
# The product's benchmarks: a real silo process (Release) on an empty store, driven by the .NET client.
#   bench/run.sh                          everything (about 8 minutes)
#   bench/run.sh drain latency            only these
#   bench/run.sh --scale 0.02             a quick look with 1/50 of the jobs
#   bench/run.sh --store redis            on a redis-server of its own (append-only file synced every second)
#   bench/run.sh --store redis --transport gateway   clients go through the silo's gateway instead of HTTP
#   bench/run.sh --out results.jsonl      where the JSON lines go (appended)
# Another commit beside this tree: bench/compare.sh
# Names: floor submit drain sustained latency delay memory disk growth crash; with --store redis also cluster failover
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$here/../src/Silo" --configuration Release --verbosity quiet --nologo -p:RunAnalyzers=false
dotnet build "$here/Molino.Bench" --configuration Release --verbosity quiet --nologo -p:RunAnalyzers=false
exec dotnet "$here/Molino.Bench/bin/Release/net10.0/Molino.Bench.dll" --silo "$here/../src/Silo/bin/Release/net10.0/molino-silo.dll" "$@"
