// Gloo, the transport for processors. Its library is inside libtorch; its headers are a package of
// their own (libgloo-dev), and without them everything else builds.
#include "group.h"

#if __has_include(<gloo/rendezvous/store.h>)
#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

// This machine's address on the way to the host where all meet; empty where the system does not say.
// Nothing is sent: the system only looks up its route.
std::string address_toward(const ctorch_group_place &place) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_DGRAM;
    addrinfo *found = nullptr;
    auto port = std::to_string(place.port);
    if (getaddrinfo(place.host, port.c_str(), &wanted, &found) != 0) return "";
    std::string result;
    for (auto next = found; next != nullptr && result.empty(); next = next->ai_next) {
        int door = socket(next->ai_family, next->ai_socktype, 0);
        if (door < 0) continue;
        sockaddr_storage own{};
        socklen_t length = sizeof own;
        auto address = reinterpret_cast<sockaddr *>(&own);
        char text[NI_MAXHOST];
        if (connect(door, next->ai_addr, next->ai_addrlen) == 0
            && getsockname(door, address, &length) == 0
            && getnameinfo(address, length, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0) {
            result = text;
        }
        close(door);
    }
    freeaddrinfo(found);
    return result;
}

}  // namespace

bool ctorch::has_gloo() { return true; }

c10::intrusive_ptr<c10d::Backend> ctorch::open_gloo(
    const c10::intrusive_ptr<c10d::Store> &store, const ctorch_group_place &place,
    Milliseconds timeout) {
    using Group = c10d::ProcessGroupGloo;
    auto options = Group::Options::create(timeout);
    std::string address = place.address;
    if (address.empty()) address = address_toward(place);
    if (place.interface[0] != 0) {
        options->devices.push_back(Group::createDeviceForInterface(place.interface));
    } else if (!address.empty()) {
        options->devices.push_back(Group::createDeviceForHostname(address));
    } else {
        options->devices.push_back(Group::createDefaultDevice());
    }
    return c10::make_intrusive<Group>(store, place.rank, place.count, options);
}

#else

bool ctorch::has_gloo() { return false; }

c10::intrusive_ptr<c10d::Backend> ctorch::open_gloo(
    const c10::intrusive_ptr<c10d::Store> &, const ctorch_group_place &, Milliseconds) {
    TORCH_CHECK(false, "this program was built without the headers of Gloo");
}

#endif
