# The machine and its Swift.

minimum_swift=6.3

# Sets `system` (Linux, Darwin) and `processor` (x86_64, aarch64, arm64).
check_platform() {
    system=$(uname -s)
    processor=$(uname -m)
    case "$system $processor" in
        "Linux x86_64" | "Linux aarch64" | "Darwin arm64") ;;
        Linux* | Darwin*) fail \
            "this machine's processor is $processor; libtorch exists for x86_64 and aarch64 on Linux and for arm64 on macOS." \
            "use such a machine, or set LIBTORCH to a libtorch built for $processor and change this check." ;;
        *) fail "this system is $system; Atelier runs on Linux and macOS." \
            "use one of them; on Windows, WSL 2 with Debian or Ubuntu." ;;
    esac
}

# Sets `triple`, the folder SwiftPM builds in.
check_swift() {
    local version
    command -v swift >/dev/null || fail \
        "there is no 'swift' on PATH; Atelier needs Swift $minimum_swift or newer." \
        "install it as https://www.swift.org/install says, put its usr/bin folder on PATH, then run 'make setup' again."
    version=$({ swift --version 2>/dev/null || true; } |
        sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9.]*\).*/\1/p')
    [ -n "$version" ] || fail \
        "$(command -v swift) does not run: 'swift --version' prints no version." \
        "run 'swift --version' and install what it misses; https://www.swift.org/install lists the packages Swift needs."
    at_least "$version" "$minimum_swift" || fail \
        "Swift $version is too old ($(command -v swift)); Atelier needs Swift $minimum_swift or newer." \
        "install a newer one as https://www.swift.org/install says and put its usr/bin folder first on PATH."
    triple=$(swift -print-target-info |
        sed -n 's/.*"unversionedTriple" *: *"\([^"]*\)".*/\1/p')
    swift_version=$version
}
