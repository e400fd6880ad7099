"""Times a peer's step and prints one line of JSON: images per second over the median step, peak memory in MiB."""

import json
import resource
import statistics
import sys
import time


def report(peer, args, step, warm_up):
    """Takes steps that are not timed, then `args.steps` that are."""
    for _ in range(warm_up):
        step()
    seconds = []
    for _ in range(args.steps):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of the peak: macOS counts bytes, Linux KiB
    print(
        json.dumps(
            {
                "peer": peer,
                "work": "sample" if args.sample else "train step",
                "batch": args.batch,
                "images_per_second": round(args.batch / statistics.median(seconds), 1),
                "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit,
            }
        )
    )
