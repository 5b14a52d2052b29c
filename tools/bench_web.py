"""How fast a record's pages come when many look at them at once.

    python tools/bench_web.py http://127.0.0.1:8000 [--clients 20] [--seconds 30]

Each page is asked for once, so that what is counted is counted; then that many clients ask for all pages in turn, each over a
connection of its own, without pause. Printed is a Markdown table: of each page the median, the 95th in a hundred, and the slowest.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections import defaultdict
from urllib.parse import urlsplit

PAGES = (
    "/", "/home.json", "/pair?a=CHN&b=RUS", "/pair.json?a=CHN&b=RUS", "/pair?a=FRA&b=ITA", "/actor?who=CHN", "/actor?who=ITA",
    "/events", "/events?a=CHN&b=RUS&type=CONSULT&since=2020", "/events?text=bada+doga", "/statements?according_to=RUS", "/articles",
    "/actors", "/map", "/map.json", "/search?q=bada", "/stories", "/article?id=made-7",
)  # fmt: skip


class Client:
    """One connection that is kept."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, address: str) -> tuple[int, int]:
        """The status and the bytes of an answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(
            f"GET {address} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        size = int(headers.get("content-length", -1))
        if size >= 0:
            await reader.readexactly(size)
            return int(head[0].split()[1]), size
        size = 0
        while length := int((await reader.readline()).strip(), 16):
            size += length
            await reader.readexactly(length + 2)
        await reader.readline()
        return int(head[0].split()[1]), size


async def measure(base: str, clients: int, seconds: float) -> None:
    """Prints the table."""
    host, port = urlsplit(base).hostname or "127.0.0.1", urlsplit(base).port or 80
    sizes: dict[str, int] = {}
    first: dict[str, float] = {}
    warm = Client(host, port)
    for page in PAGES:
        begun = time.perf_counter()
        status, sizes[page] = await warm.get(page)
        first[page] = time.perf_counter() - begun
        if status != 200:
            raise SystemExit(f"{page}: {status}")
    took: dict[str, list[float]] = defaultdict(list)
    until = time.perf_counter() + seconds

    async def look(number: int) -> None:
        client = Client(host, port)
        turn = number
        while time.perf_counter() < until:
            page = PAGES[turn % len(PAGES)]
            begun = time.perf_counter()
            await client.get(page)
            took[page].append(time.perf_counter() - begun)
            turn += 1

    await asyncio.gather(*(look(number) for number in range(clients)))
    print(f"{sum(map(len, took.values())) / seconds:.0f} pages a second, {clients} clients\n")
    print("| page | kB | first, ms | median | 95 % | slowest |\n|---|---|---|---|---|---|")
    for page in PAGES:
        times = sorted(took[page])
        high = times[int(len(times) * 0.95)]
        cells = (first[page], statistics.median(times), high, times[-1])
        print(f"| `{page}` | {sizes[page] / 1000:.0f} | " + " | ".join(f"{1000 * one:.0f}" for one in cells) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    asyncio.run(measure(given.base, given.clients, given.seconds))
