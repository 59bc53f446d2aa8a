# Finds what building and running need; installs it where it may, else says how. Sourced by ./carillon and ./check.

say() { printf '%s\n' "$*" >&2; }

# install PACKAGE... : with the system's package manager, if we may.
install_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "installing $* with apt-get"
        export DEBIAN_FRONTEND=noninteractive
        if ! apt-get update -qq >&2 || ! apt-get install -y -qq --no-install-recommends "$@" >&2; then
            say "apt-get could not install $*; see its messages above"
            exit 1
        fi
        return
    fi
    if command -v apt-get >/dev/null 2>&1; then
        say "missing: $*. Install it with: sudo apt-get update && sudo apt-get install -y $*"
    else
        say "missing: $* (names of Debian packages). Install it with your system's package manager."
    fi
    exit 1
}

java_major() {
    "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
}

usable_jdk() {
    [ -x "$1/bin/javac" ] && [ "$(java_major "$1/bin/java")" -ge 17 ] 2>/dev/null
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && usable_jdk "$JAVA_HOME"; then
        echo "$JAVA_HOME"
        return
    fi
    local javac candidate
    javac=$(command -v javac 2>/dev/null) || javac=
    if [ -n "$javac" ]; then
        candidate=$(dirname "$(dirname "$(readlink -f "$javac")")")
        if usable_jdk "$candidate"; then
            echo "$candidate"
            return
        fi
    fi
    for candidate in /usr/lib/jvm/*; do
        if usable_jdk "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

# Sets JAVA_HOME to a JDK of version 17 or newer.
need_jdk() {
    local found
    found=$(find_jdk)
    if [ -z "$found" ]; then
        install_packages openjdk-17-jdk-headless
        found=$(find_jdk)
    fi
    if [ -z "$found" ]; then
        say "no JDK 17 or newer was found; install openjdk-17-jdk-headless or set JAVA_HOME"
        exit 1
    fi
    export JAVA_HOME=$found
}

maven_fits() {
    local version
    version=$(mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
    # shellcheck disable=SC2086
    set -- $version
    [ "${1:-0}" -gt 3 ] || { [ "${1:-0}" = 3 ] && [ "${2:-0}" -ge 8 ]; }
}

need_maven() {
    if ! command -v mvn >/dev/null 2>&1; then
        install_packages maven
    fi
    if ! maven_fits; then
        say "Maven 3.8 or newer is needed; 'mvn -v' says $(mvn -B -v 2>/dev/null | head -n 1)"
        exit 1
    fi
}

need_browser() {
    if ! command -v chromium >/dev/null 2>&1 || ! command -v chromedriver >/dev/null 2>&1; then
        install_packages chromium chromium-driver
    fi
}

# A DHCP server and a client, and what network namespaces are made with.
need_dhcp() {
    if ! command -v dnsmasq >/dev/null 2>&1 || ! command -v dhclient >/dev/null 2>&1 || ! command -v ip >/dev/null 2>&1; then
        install_packages dnsmasq-base isc-dhcp-client iproute2
    fi
}

# Network namespaces, and a NAT in them: a phone behind a router.
need_namespaces() {
    if ! command -v ip >/dev/null 2>&1 || ! command -v nft >/dev/null 2>&1; then
        install_packages iproute2 nftables
    fi
}

# A STUN client that somebody else wrote.
need_stun_client() {
    if ! command -v stun >/dev/null 2>&1; then
        install_packages stun-client
    fi
}

# An XMPP server, and what makes its certificate.
need_xmpp_server() {
    if ! command -v prosody >/dev/null 2>&1 || ! command -v openssl >/dev/null 2>&1; then
        install_packages prosody openssl
    fi
}

# Clients that fetch files in the ways that phones do.
need_fetchers() {
    if ! command -v curl >/dev/null 2>&1 || ! command -v wget >/dev/null 2>&1 || ! command -v busybox >/dev/null 2>&1; then
        install_packages curl wget busybox
    fi
}

# TFTP clients that others wrote.
need_tftp_clients() {
    if ! command -v tftp >/dev/null 2>&1 || ! command -v atftp >/dev/null 2>&1; then
        install_packages tftp-hpa atftp
    fi
}

# Programs that tests use as phones and as a manufacturer's authority.
need_tls_tools() {
    if ! command -v curl >/dev/null 2>&1 || ! command -v openssl >/dev/null 2>&1; then
        install_packages curl openssl
    fi
}
