# Libraries and data that come from the system's package manager.

# The emoji data set's files; nothing else waits for them.
data_packages="fonts-noto-color-emoji unicode-data unicode-cldr-core"

# Headers of what moves numbers between processes that train together; its library is inside libtorch.
process_packages="libgloo-dev"

# wanted_packages: what the words of WITH stand for, on one line.
wanted_packages() {
    local word wanted=
    for word in ${WITH:-}; do
        case $word in
            knowledge) wanted="$wanted wordnet-base" ;;
            medical) wanted="$wanted libgdcm-tools" ;;
            speech) wanted="$wanted libpocketsphinx3 pocketsphinx-en-us" ;;
            *) fail "WITH names '$word', which is nothing that can be added." "write WITH=\"knowledge medical speech\" or some of these words, or leave it out." ;;
        esac
    done
    echo "${wanted# }"
}

prepare_packages() {
    local wanted
    wanted=$(wanted_packages)
    if [ "$system" = Darwin ]; then
        command -v brew >/dev/null || fail "there is no 'brew' on PATH." \
            "install Homebrew, then run 'brew install pytorch vips libarchive sentencepiece pkgconf'."
        # Homebrew keeps libarchive out of pkg-config's own folders.
        PKG_CONFIG_PATH=$(brew --prefix)/opt/libarchive/lib/pkgconfig:${PKG_CONFIG_PATH:-}
        export PKG_CONFIG_PATH
    elif has_apt; then
        install_packages "$(missing_build_packages)"
        # shellcheck disable=SC2086
        [ -z "$wanted" ] || install_packages "$(missing_packages $wanted)"
        (
            fail() {
                warn "the emoji data set will be missing: $1" "$2"
                exit 1
            }
            # shellcheck disable=SC2086
            install_packages "$(missing_packages $data_packages)"
        ) || true
        (
            fail() {
                warn "training in several processes will be missing: $1" "$2"
                exit 1
            }
            missing=$(missing_packages $process_packages)
            install_packages "$missing"
            # What was compiled without the headers does not notice that they are there now.
            [ -z "$missing" ] || rm -f "$root"/.build/*/*/CTorch.build/distributed/gloo.cpp.o
        ) || true
    fi
    local missing
    missing=$(missing_build_packages)
    [ -z "$missing" ] || fail "these libraries or tools are not found, by Debian's names: $missing" "$(packages_cure)"
}

packages_cure() {
    if [ "$system" = Darwin ]; then
        echo "run 'brew install vips libarchive sentencepiece pkgconf', then 'make setup' again."
    elif has_apt; then
        echo "they are installed, but '$(command -v pkg-config)' does not find them: take another pkg-config off PATH."
    else
        echo "install them and their development files with this system's package manager, then run 'make setup' again."
    fi
}

has_apt() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null
}

# What the build needs and does not find, whoever installed it; by Debian's names, on one line.
missing_build_packages() {
    local missing=
    command -v pkg-config >/dev/null || missing="$missing pkg-config"
    pkg-config --exists vips 2>/dev/null || missing="$missing libvips-dev"
    pkg-config --exists libarchive 2>/dev/null || missing="$missing libarchive-dev"
    pkg-config --exists sentencepiece 2>/dev/null || missing="$missing libsentencepiece-dev"
    pkg-config --exists sqlite3 2>/dev/null || missing="$missing libsqlite3-dev"
    # The C++ standard library, which Swift's own toolchain leaves to the system on Linux.
    [ "$system" = Darwin ] || compgen -G '/usr/include/c++/*/vector' >/dev/null || missing="$missing g++"
    echo "${missing# }"
}

# missing_packages NAMES...: those dpkg has not installed, on one line.
missing_packages() {
    local name installed missing=
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p')
    for name in "$@"; do
        grep -qxF "$name" <<<"$installed" || missing="$missing $name"
    done
    echo "${missing# }"
}

# install_packages "NAMES": with apt; fails with the cure.
install_packages() {
    local names=$1 command="apt-get install --no-install-recommends $1"
    [ -n "$names" ] || return 0
    as_root true || fail "packages are missing, and setup may not become root here: $names" \
        "have an administrator run '$command', then run 'make setup' again."
    say "installing with apt: $names"
    # shellcheck disable=SC2086
    apt_install $names >"$log" 2>&1 && return
    tail -n 8 "$log" >&2
    if grep -q -i 'no space left\|enough free space' "$log"; then
        fail "the disk is full: apt could not install $names" \
            "free some space on /var and /usr, then run 'make setup' again."
    elif grep -q -i 'could not get lock\|unable to acquire' "$log"; then
        fail "another program has held apt's lock for ten minutes." \
            "wait until it is done (often unattended-upgrades), then run 'make setup' again."
    elif grep -q -i 'could not resolve\|failed to fetch\|unable to fetch\|unable to connect\|unable to locate' "$log"; then
        fail "apt could not fetch $names" \
            "connect this machine to a network that reaches its package sources, then run 'make setup' again."
    fi
    fail "apt could not install $names" "run '$command' by hand and follow what it says."
}

# apt_install NAMES...: fetches fresh lists only where the present ones do not do.
apt_install() {
    if are_known "$@"; then
        apt_get install --no-install-recommends "$@" && return
        say "apt could not install from its present lists; fetching new ones"
    fi
    apt_get update && apt_get install --no-install-recommends "$@"
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
