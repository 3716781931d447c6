# A silo with the command line tool, for an unprivileged user.
#   docker build -t molino .                                      on Microsoft Orleans
#   docker build -t molino --build-arg ACTOR_RUNTIME=Embedded .   on Molino's own actor runtime, no package beyond the shared framework
# Alone it keeps a SQLite store in /data and listens inside the container only. To publish its port:
#   docker run -p 127.0.0.1:8080:8080 -v molino:/data -e MOLINO__Http__Urls=http://*:8080 -e MOLINO__Auth__Mode=Basic molino
#   docker exec CONTAINER cat /data/admin-credentials             the first login
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG ACTOR_RUNTIME=Orleans
WORKDIR /source
COPY . .
RUN dotnet publish src/Silo --configuration Release --output /app/silo --use-current-runtime --self-contained false -p:ActorRuntime=$ACTOR_RUNTIME -p:RunAnalyzers=false \
 && dotnet publish src/Cli --configuration Release --output /app/cli --use-current-runtime --self-contained false -p:RunAnalyzers=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app/silo /app/silo
COPY --from=build /app/cli /app/cli
COPY deploy/docker/ready.sh /app/ready.sh
# The user exists in the image; the folder of the store, of child processes' records and of the first credentials is its own.
RUN install -d -m 0750 -o $APP_UID -g $APP_UID /data
USER $APP_UID
WORKDIR /
ENV ASPNETCORE_HTTP_PORTS= \
    MOLINO__Store__Path=/data/molino.db \
    MOLINO_SECRETS=/run/secrets \
    MOLINO_URL=http://127.0.0.1:8080 \
    PATH=/app/cli:$PATH
VOLUME /data
EXPOSE 8080 11111 30000
# A silo that drains answers 503 and gets no more requests; Drain:Timeout is 60 s, so give it 90 s to stop.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["/bin/bash", "/app/ready.sh"]
ENTRYPOINT ["dotnet", "/app/silo/molino-silo.dll"]
