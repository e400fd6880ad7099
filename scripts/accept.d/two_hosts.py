"""Two hosts on this machine, network namespaces, and a cable between them that is slow, takes its time and can be cut.

The cable is a thread that carries packets from one namespace's device to the other's, so that nothing is needed of the
system but TUN devices and the rights of root.
"""

from __future__ import annotations

import collections
import ctypes
import fcntl
import os
import pathlib
import select
import struct
import subprocess
import threading
import time

DEVICE = "cable0"
SET_DEVICE, TUN_WITHOUT_HEADER = 0x400454CA, 0x0001 | 0x1000
NEW_NETWORK = 0x40000000


def missing() -> str | None:
    """Why there can be no hosts here; nothing where there can be."""
    if os.geteuid() != 0:
        return "only root makes network namespaces"
    if not pathlib.Path("/dev/net/tun").exists():
        return "there is no /dev/net/tun"
    probe = subprocess.run(["ip", "netns", "list"], capture_output=True, check=False)
    return None if probe.returncode == 0 else "there is no command 'ip' for namespaces"


def system(*words: str) -> None:
    """Runs a command that has to work."""
    subprocess.run(words, check=True, capture_output=True)


class TwoHosts:
    """Two namespaces with an address each, and the cable."""

    addresses = ("10.99.0.1", "10.99.0.2")

    def __init__(self, seconds: float = 0.01, bits: float = 1e9) -> None:
        self.names = [f"atelier-{os.getpid()}-{host}" for host in "ab"]
        self.seconds, self.bits = seconds, bits
        self.is_cut, self.is_over, self.carried = False, False, 0
        self.ends = [self._end(*host) for host in zip(self.names, self.addresses, strict=True)]
        self.thread = threading.Thread(target=self._carry, daemon=True)
        self.thread.start()

    def on(self, host: int) -> list[str]:
        """What stands before a command so that it runs on a host."""
        return ["ip", "netns", "exec", self.names[host]]

    def close(self) -> None:
        """Takes everything away."""
        self.is_over = True
        self.thread.join()
        for name, end in zip(self.names, self.ends, strict=True):
            os.close(end)
            system("ip", "netns", "del", name)

    def _end(self, name: str, address: str) -> int:
        """A namespace with its end of the cable."""
        system("ip", "netns", "add", name)
        found: list[int] = []

        def opened() -> None:
            # A thread has a network of its own, and what it opens stays there.
            library = ctypes.CDLL(None, use_errno=True)
            with open(f"/var/run/netns/{name}") as space:
                if library.setns(space.fileno(), NEW_NETWORK) != 0:
                    return
            device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(device, SET_DEVICE, struct.pack("16sH22x", DEVICE.encode(), TUN_WITHOUT_HEADER))
            found.append(device)

        thread = threading.Thread(target=opened)
        thread.start()
        thread.join()
        if not found:
            raise SystemExit(f"two_hosts: no device in {name}")
        inside = ["ip", "-n", name]
        system(*inside, "addr", "add", f"{address}/24", "dev", DEVICE)
        system(*inside, "link", "set", DEVICE, "up", "mtu", "9000")
        system(*inside, "link", "set", "lo", "up")
        return found[0]

    def _carry(self) -> None:
        """Carries packets, each when its last bit has come through and the way's time has passed."""
        waiting: list[collections.deque[tuple[float, bytes]]] = [collections.deque(), collections.deque()]
        free = [0.0, 0.0]
        while not self.is_over:
            dues = [queue[0][0] for queue in waiting if queue]
            pause = max(min(dues) - time.monotonic(), 0) if dues else 0.1
            ready, _, _ = select.select(self.ends, [], [], min(pause, 0.1))
            now = time.monotonic()
            for end in ready:
                side = self.ends.index(end)
                for _ in range(64):
                    try:
                        packet = os.read(end, 65536)
                    except BlockingIOError:
                        break
                    free[side] = max(free[side], now) + 8 * len(packet) / self.bits
                    waiting[side].append((free[side] + self.seconds, packet))
            now = time.monotonic()
            for side, queue in enumerate(waiting):
                while queue and queue[0][0] <= now:
                    _, packet = queue.popleft()
                    if not self.is_cut:
                        self.carried += len(packet)
                        os.write(self.ends[1 - side], packet)
