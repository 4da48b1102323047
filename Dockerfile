# Targets: coarsen (the launcher with the direct runner) and coarsen-spark (Spark with the bundled jar).

FROM maven:3.9.9-eclipse-temurin-17 AS build
# Class paths contain absolute paths, so the packages are in the same place here and in the image.
ENV MAVEN_OPTS=-Dmaven.repo.local=/opt/coarsen/.m2
WORKDIR /opt/coarsen
COPY . .
# The launcher builds what is missing. What it needs to run is then copied to /image, with poms and sources, for the launcher
# to see that they are not newer than the build. Maven's repository may be readable by its owner only, hence the chmod.
RUN ./coarsen generate --help >/dev/null
RUN mkdir /image \
    && cp -a --parents coarsen pom.xml */pom.xml */*/pom.xml */src/main demo/target/built /image \
    && for module in pipeline viewer testbed demo; do \
         cp -a --parents $module/target/classes $module/target/class-path /image || exit 1; \
         (cat $module/target/class-path; echo) | tr ':' '\n' | sed -e 's|^/opt/coarsen/||' -e '/^$/d' >>/tmp/jars || exit 1; \
       done \
    && sort -u /tmp/jars | xargs cp -a --parents -t /image \
    && chmod -R a+rX /image

FROM build AS build-spark
RUN mvn -B -q package -pl spark -am -Dmaven.test.skip -Dspotless.check.skip

FROM apache/spark:3.5.7-scala2.12-java17-ubuntu AS coarsen-spark
USER root
# A new volume gets the owner of the folder where it is mounted.
RUN mkdir /state && chown 185 /state
COPY --from=build-spark /opt/coarsen/spark/target/coarsen-spark.jar /opt/coarsen/coarsen-spark.jar
USER 185

FROM eclipse-temurin:17.0.13_11-jre AS coarsen
COPY --from=build /image /opt/coarsen
# Newer than everything copied, or the launcher would build again.
RUN touch /opt/coarsen/demo/target/built && useradd --system --create-home --uid 10001 coarsen
USER coarsen
WORKDIR /home/coarsen
ENTRYPOINT ["/opt/coarsen/coarsen"]
CMD ["--help"]
