# Libraries and data that come from the system's package manager.

# What the build needs, what only the download of libtorch needs, and what only the emoji data set needs.
build_packages="libvips-dev libarchive-dev pkg-config g++"
download_packages="python3 python3-pip unzip ca-certificates"
data_packages="fonts-noto-color-emoji unicode-data unicode-cldr-core"

# missing_packages NAMES...: those not installed, on one line.
missing_packages() {
    local name installed
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^installed //p')
    for name in "$@"; do
        case $'\n'"$installed"$'\n' in
            *$'\n'"$name"$'\n'*) ;;
            *) printf '%s ' "$name" ;;
        esac
    done
}

# Whether apt knows all of them; false on a machine whose package lists were never fetched.
are_known() {
    local name
    for name in "$@"; do
        apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]' || return 1
    done
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=2 "$@"
}

# apt_install NAMES...: fetches fresh lists only where the present ones do not do.
apt_install() {
    if ! are_known "$@"; then
        apt_get update || return
        apt_get install --no-install-recommends "$@"
        return
    fi
    apt_get install --no-install-recommends "$@" && return
    say "apt could not install from its present lists; fetching new ones"
    apt_get update && apt_get install --no-install-recommends "$@"
}

# install_packages NAMES...: installs those missing; fails with the cure.
install_packages() {
    local missing command
    # Names have no spaces: splitting them is wanted.
    # shellcheck disable=SC2046
    set -- $(missing_packages "$@")
    [ $# -gt 0 ] || return 0
    missing=$*
    command="apt-get install --no-install-recommends $missing"
    say "installing with apt: $missing"
    as_root true || fail \
        "these packages are missing, and setup may not become root here: $missing" \
        "have an administrator run '$command', then run 'make setup' again."
    if ! apt_install "$@" >"$log" 2>&1; then
        tail -n 8 "$log" >&2
        if grep -q -i 'no space left\|enough free space' "$log"; then
            fail "the disk is full: apt could not install $missing" \
                "free some space on /var and /usr, then run 'make setup' again."
        elif grep -q -i 'could not get lock\|unable to acquire' "$log"; then
            fail "another program has held apt's lock for ten minutes." \
                "wait until it is done (often unattended-upgrades), then run 'make setup' again."
        elif grep -q -i 'could not resolve\|failed to fetch\|unable to fetch\|unable to connect\|unable to locate' "$log"; then
            fail "apt could not fetch these packages: $missing" \
                "connect this machine to a network its package sources can be reached from, then run 'make setup' again."
        fi
        fail "apt could not install these packages: $missing" \
            "run '$command' by hand and follow what it says."
    fi
}

# Linux without apt: only the libraries are checked, by name.
check_libraries() {
    local name
    command -v pkg-config >/dev/null || fail \
        "there is no 'pkg-config' on PATH." "install it with ${1}, then run 'make setup' again."
    for name in vips libarchive; do
        pkg-config --exists "$name" || fail \
            "pkg-config finds no '$name': the library or its development files are missing." \
            "install $name with ${1}, then run 'make setup' again."
    done
}

prepare_packages() {
    if [ "$system" = Darwin ]; then
        local prefix
        command -v brew >/dev/null || fail \
            "there is no 'brew' on PATH." "install Homebrew, then run 'brew install pytorch vips libarchive pkgconf'."
        # Homebrew keeps libarchive out of pkg-config's default folders.
        prefix=$(brew --prefix)
        export PKG_CONFIG_PATH="$prefix/opt/libarchive/lib/pkgconfig:${PKG_CONFIG_PATH:-}"
        check_libraries "'brew install vips libarchive pkgconf'"
    elif command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        # shellcheck disable=SC2086
        install_packages $build_packages
        # shellcheck disable=SC2086
        [ -z "$(missing_packages $data_packages)" ] || prepare_data_packages
    else
        check_libraries "this system's package manager"
    fi
}

# The emoji data set's files: wanted, but nothing else waits for them.
prepare_data_packages() {
    # shellcheck disable=SC2086
    (install_packages $data_packages) || warn \
        "the emoji data set's files could not be installed; everything else works without them." \
        "have an administrator run 'apt-get install --no-install-recommends $data_packages'."
}
