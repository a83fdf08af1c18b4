# Sourced, from the repository's root: builds the programs when a source is newer than what was built, and their
# class-data archives, which halve the time to start.

built_mark=target/built
backend_jar=$PWD/backend-service/target/backend-service.jar
desktop_jar=$PWD/desktop-app/target/desktop-app.jar
tour_jar=$PWD/installers/tour/target/tour.jar

# Bounded memory and quick starts matter more to both programs than peak speed.
backend_options=(-Xmx256m -Xmn16m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
desktop_options=(-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1)

java_command=${JAVA_HOME:+$JAVA_HOME/bin/}java

is_built() {
    [[ -f $built_mark && -f $backend_jar && -f $desktop_jar && -f $tour_jar ]] || return 1
    # Folders count too: their time changes when a source is deleted.
    [[ -z $(find pom.xml ./*/pom.xml installers/*/pom.xml ./*/src installers/*/src -newer "$built_mark" -print -quit) ]]
}

# build_quietly - the formatter, the checks and the tests are installers/test's.
build_quietly() {
    is_built && return 0
    local start
    mkdir -p target
    start=$(mktemp target/building.XXXXXX)
    echo "Datalabs: the sources are newer than the programs; building them (a few minutes the first time)."
    if ! mvn -B -Dquick -DskipTests package >target/build.log 2>&1; then
        rm -f "$start"
        grep -m 20 '^\[ERROR\]' target/build.log >&2 || tail -n 20 target/build.log >&2
        echo "Datalabs: the build failed; all of its output is in target/build.log." >&2
        return 1
    fi
    mv "$start" "$built_mark"
}

# archive_of JAR - the file for the class data of this jar on this JDK.
archive_of() {
    local java key
    java=$(readlink -f "$(command -v "$java_command")")
    key=$(cat "${java%/bin/java}/release" 2>/dev/null | cksum)
    echo "${1%.jar}-${key%% *}.jsa"
}

# archive_classes JAR OPTIONS... - one practice run that ends by itself; without an archive the program only starts slower.
archive_classes() {
    local jar=$1 archive folder
    shift
    archive=$(archive_of "$jar")
    [[ -f $archive && $archive -nt $jar ]] && return 0
    folder=$(mktemp -d)
    if timeout -k 5 90 "$java_command" "$@" -XX:ArchiveClassesAtExit="$archive.new" -jar "$jar" --train "$folder" \
        </dev/null >"${jar%.jar}-train.log" 2>&1 && [[ -f $archive.new ]]; then
        mv "$archive.new" "$archive"
    else
        rm -f "$archive.new"
        echo "Datalabs: no class-data archive for $(basename "$jar"), so it starts slower; ${jar%.jar}-train.log says why." >&2
    fi
    rm -rf "$folder"
}

# use_archive JAR - sets archive_option to the JVM's option, or to nothing where there is no archive.
use_archive() {
    local archive
    archive=$(archive_of "$1")
    archive_option=()
    [[ ! -f $archive ]] || archive_option=(-XX:SharedArchiveFile="$archive")
}
