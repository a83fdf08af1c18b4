# Sourced: installs what Datalabs needs on Debian 12, Debian 13 or Ubuntu, and only what is missing.

# need | packages, the first that this system has is taken | why
#   need "run": nothing works without it; "lab": one local datalab needs it; "test": only the tests do;
#   "cluster": only building images and setting up a cluster does.
# A package counts as present when any of its alternatives is installed.
datalabs_packages=(
    'run|maven|builds the sources'
    'run|npm nodejs|fetches noVNC, the display of desktop datalabs'
    'run|libgtk-3-0t64 libgtk-3-0|windows of JavaFX'
    'run|libxtst6|keyboard and mouse of JavaFX'
    'run|libgl1|drawing of JavaFX'
    'run|libxxf86vm1|screen modes of JavaFX'
    'run|libasound2t64 libasound2|sound of web pages'
    'run|fonts-dejavu-core|a font that every screen can use'
    'run|fonts-inter|the medium weight of the font of the screens, which no library has'
    'run|tigervnc-standalone-server|the display that a desktop datalab draws on'
    'run|openbox|windows inside a desktop datalab'
    'run|bubblewrap|the sandbox of every local session'
    'run|slirp4netns|a network of its own for a session'
    'run|socat|passes a session'"'"'s port out of its network'
    'run|x11-utils|asks a desktop datalab what it shows'
    'run|xclip|the clipboard of a desktop datalab'
    'run|xvfb|a virtual display where there is none'
    'run|xauth|keeps that display to its owner'
    'lab|topcat|TOPCAT'
    'lab|saods9|SAOImage DS9'
    'lab|aladin|Aladin'
    'lab|filezilla|FileZilla'
    'lab|stilts|STILTS'
    'lab|xterm|the terminal of STILTS'
    'lab|jupyter-notebook|Jupyter'
    'lab|python3-ipykernel|Python in Jupyter'
    'lab|python3-astropy|reads tables and FITS images in Jupyter'
    'lab|python3-matplotlib|plots in Jupyter'
    'test|xdotool|types and clicks in the tests'
    'test|imagemagick|looks at pictures in the tests'
    'cluster|kubernetes-client|speaks with a cluster'
    'cluster|buildah|builds images'
    'cluster|python3-yaml|makes the Helm chart'
)

datalabs_jdk='run|openjdk-17-jdk-headless default-jdk-headless|compiles and runs everything'

# Prints the JDK's feature version, or 0.
jdk_version() {
    local javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac version
    version=$("$javac" -version 2>/dev/null) || { echo 0; return; }
    version=${version#javac }
    echo "${version%%[.-]*}"
}

# Prints the first of the names that the package lists hold.
available_package() {
    local name
    for name in "$@"; do
        if [[ $(LC_ALL=C apt-cache policy "$name" 2>/dev/null) == *'Candidate: '[!\(]* ]]; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

# is_needed NEED PURPOSE
is_needed() {
    case $1 in
    test) [[ $2 != run ]] ;;
    cluster) [[ $2 == cluster ]] ;;
    esac
}

# ensure_packages run|test|cluster - each with what those before it need; returns quickly when all is there.
ensure_packages() {
    local purpose=$1 need names why entry name found
    local -a missing=() admin=() install=() lacking=()
    local -A installed=()

    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "Datalabs: this system has no apt, so nothing is installed. Needed are a JDK 17, Maven, npm, GTK 3, TigerVNC, openbox and bubblewrap." >&2
        return 0
    fi
    while read -r name; do
        installed[$name]=1
    done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')

    if (($(jdk_version) < 17)); then
        if [[ -n ${JAVA_HOME:-} ]]; then
            echo "Datalabs: JAVA_HOME is $JAVA_HOME, which is no JDK 17 or newer. Point it at one, or unset it." >&2
            return 1
        fi
        missing+=("$datalabs_jdk")
    fi
    for entry in "${datalabs_packages[@]}"; do
        IFS='|' read -r need names why <<<"$entry"
        is_needed "$need" "$purpose" || continue
        # Maven, npm and kubectl may come from elsewhere.
        if [[ $names == maven ]] && command -v mvn >/dev/null; then continue; fi
        if [[ $names == kubernetes-client ]] && command -v kubectl >/dev/null; then continue; fi
        if [[ $names == npm* ]]; then
            command -v npm >/dev/null || missing+=("$need|npm|$why")
            continue
        fi
        found=
        for name in $names; do
            [[ -n ${installed[$name]:-} ]] && found=1
        done
        [[ -n $found ]] || missing+=("$entry")
    done
    ((${#missing[@]})) || return 0
    # What the last look did not find is not looked for at every start; a clean build looks again.
    [[ "${missing[*]}" != "$(cat target/lacking-packages 2>/dev/null)" ]] || return 0

    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "Datalabs: packages are missing and there is no sudo. As root, run: installers/packages" >&2
            return 1
        fi
        admin=(sudo)
    fi

    local log
    log=$(mktemp)
    echo "Datalabs: reading the package lists."
    if ! "${admin[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 update >"$log" 2>&1; then
        echo "Datalabs: the package lists could not be refreshed; going on with those at hand." >&2
    fi
    for entry in "${missing[@]}"; do
        IFS='|' read -r need names why <<<"$entry"
        # shellcheck disable=SC2086 # the alternatives are words
        if name=$(available_package $names); then
            printf '  installs %-28s %s\n' "$name" "$why"
            install+=("$name")
        elif [[ $need == lab ]]; then
            lacking+=("$entry")
            printf '  lacks    %-28s %s will say that it cannot run here\n' "${names%% *}" "$why"
        else
            rm -f "$log"
            echo "Datalabs: this system offers no package ${names// / or } ($why). On Ubuntu, enable 'universe'; on Debian, 'main'." >&2
            return 1
        fi
    done
    if ((${#install[@]})); then
        if ! "${admin[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends \
            -o DPkg::Lock::Timeout=600 install "${install[@]}" >"$log" 2>&1; then
            tail -n 20 "$log" >&2
            echo "Datalabs: the installation failed; above are apt's last lines, all of them are in $log." >&2
            return 1
        fi
    fi
    rm -f "$log"
    mkdir -p target
    echo "${lacking[*]}" >target/lacking-packages
}
