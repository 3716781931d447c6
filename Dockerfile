# syntax=docker/dockerfile:1
# A silo with the command line tool, for an unprivileged user.
#   docker build -t molino .                                      on Microsoft Orleans
#   docker build -t molino --build-arg ACTOR_RUNTIME=Embedded .   on Molino's own actor runtime, no package beyond the shared framework
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG ACTOR_RUNTIME=Orleans
WORKDIR /source
COPY . .
RUN dotnet publish src/Silo --configuration Release --output /app/silo -p:ActorRuntime=$ACTOR_RUNTIME -p:RunAnalyzers=false \
 && dotnet publish src/Cli --configuration Release --output /app/cli -p:RunAnalyzers=false \
 && install -d -m 0750 /app/data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app/silo /app/silo
COPY --from=build /app/cli /app/cli
COPY deploy/docker/ready.sh /app/ready.sh
# The user exists in the image; the folder of the store, of child processes' records and of the first credentials is its own.
COPY --from=build --chown=$APP_UID:$APP_UID /app/data /data
USER $APP_UID
WORKDIR /
ENV MOLINO__Store__Path=/data/molino.db \
    MOLINO_SECRETS=/run/secrets \
    MOLINO_URL=http://127.0.0.1:8080 \
    PATH=/app/cli:$PATH
VOLUME /data
EXPOSE 8080 11111 30000
# A silo that drains answers 503 and gets no more requests; Drain:Timeout is 60 s, so give it 90 s to stop.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["/bin/bash", "/app/ready.sh"]
ENTRYPOINT ["dotnet", "/app/silo/molino-silo.dll"]
