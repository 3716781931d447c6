# Builds worker and driver from the repository that holds this folder (a link to it is followed).
set -eu
here=$(cd -P "$BENCH_ADAPTER" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
for part in worker driver; do
  dotnet publish "$here/$part" --configuration Release --use-current-runtime --self-contained false --output "$BENCH_HOME/$part" --verbosity quiet -p:RunAnalyzers=false
done
