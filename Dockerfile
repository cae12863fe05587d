# The complete service in one image: the worker's image plus the API.
#
#   deploy/image/build-image.sh thumbnails        (or: make image)
ARG WORKER_IMAGE=thumbnails-worker:dev
ARG DOTNET_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble-aot
# The labels of the image.
ARG VERSION=dev
ARG REVISION=unknown
ARG CREATED=
ARG SOURCE=


FROM ${DOTNET_IMAGE} AS api
WORKDIR /build
COPY global.json Directory.*.props NuGet.confi[g] ./
COPY compat/AWSSDK.ECS/AWSSDK.ECS.csproj compat/AWSSDK.ECS/
COPY compat/Amazon.Lambda.AspNetCoreServer.Hosting/Amazon.Lambda.AspNetCoreServer.Hosting.csproj compat/Amazon.Lambda.AspNetCoreServer.Hosting/
COPY src/Thumbnails.Core/Thumbnails.Core.csproj src/Thumbnails.Core/
COPY src/Thumbnails.Api/Thumbnails.Api.csproj src/Thumbnails.Api/
RUN dotnet restore src/Thumbnails.Api --use-current-runtime
COPY deploy/image/collect-notices.sh LICENSE ./
RUN ./collect-notices.sh /rootfs/usr/share/doc/thumbnails \
    && install -m 644 LICENSE /rootfs/usr/share/doc/thumbnails/copyright
COPY .editorconfig ./
COPY compat/AWSSDK.ECS/ compat/AWSSDK.ECS/
COPY compat/Amazon.Lambda.AspNetCoreServer.Hosting/ compat/Amazon.Lambda.AspNetCoreServer.Hosting/
COPY src/Thumbnails.Core/ src/Thumbnails.Core/
COPY src/Thumbnails.Api/ src/Thumbnails.Api/
# CI checks warnings with its pinned SDK. Warnings of a newer SDK must not stop a build of the image.
RUN dotnet publish src/Thumbnails.Api -c Release --no-restore --use-current-runtime \
        -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -o /publish \
    && install -D -m 755 /publish/Thumbnails.Api /rootfs/app/Thumbnails.Api
ARG VERSION REVISION CREATED SOURCE
ARG SOURCE_DATE_EPOCH=0
# Also written to a file, for the reason given in Dockerfile.worker.
RUN echo "$VERSION $REVISION $CREATED $SOURCE" >/rootfs/usr/share/doc/thumbnails/version \
    && mkdir /data \
    && find /rootfs /data -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +


FROM ${WORKER_IMAGE}
COPY --from=api /rootfs/ /
# A volume mounted here inherits its owner.
COPY --from=api --chown=65532:65532 /data /data
# Objects are stored in the folder data under the working directory, unless Storage__Bucket is set.
WORKDIR /
ENV ASPNETCORE_URLS=http://+:5080
VOLUME /data
EXPOSE 5080
USER 65532:65532
ENTRYPOINT ["/app/Thumbnails.Api"]

ARG VERSION REVISION CREATED SOURCE
LABEL org.opencontainers.image.title="Thumbnails" \
      org.opencontainers.image.description="Makes pictures from videos: API, page, worker and ffmpeg" \
      org.opencontainers.image.licenses="MIT AND Apache-2.0 AND LGPL-2.1-or-later" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
