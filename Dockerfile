# Targets: coarsen (the launcher, on the direct runner) and coarsen-spark (Spark with the bundled jar).

FROM maven:3.9.9-eclipse-temurin-17 AS build
# Class paths hold absolute paths: the packages have the same place here and in the image.
ENV MAVEN_OPTS=-Dmaven.repo.local=/opt/coarsen/.m2
WORKDIR /opt/coarsen
COPY . .
# The launcher builds what it lacks. What it needs to run then goes to /image; poms and sources are there for it to see that
# nothing is newer than the build. A repository of Maven's may be for its owner alone.
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
# A volume that is new gets the owner of the folder it is mounted on.
RUN mkdir /state && chown 185 /state
COPY --from=build-spark /opt/coarsen/spark/target/coarsen-spark.jar /opt/coarsen/coarsen-spark.jar
USER 185

FROM eclipse-temurin:17.0.13_11-jre AS coarsen
COPY --from=build /image /opt/coarsen
# Newer than all that was copied; else the launcher would build.
RUN touch /opt/coarsen/demo/target/built && useradd --system --create-home --uid 10001 coarsen
USER coarsen
WORKDIR /home/coarsen
ENTRYPOINT ["/opt/coarsen/coarsen"]
CMD ["--help"]
