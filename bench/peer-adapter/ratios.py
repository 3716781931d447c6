"""Print Molino's medians as ratios of each peer's, from the JSON lines of one session: metrics down, peers across.

Above 1 is better for us where more is better, below 1 where less is; the arrow says which."""
import json
import statistics
import sys
from collections import defaultdict

OURS = "molino"
MORE = ("enqueue.", "drain.", "sustained")  # rates; of all else less is better
NOT_OURS = ("mem.server", "mem.bytes_per", "disk.", "idle.server")  # our store is a file and has no server process

values, names = defaultdict(list), []
for path in sys.argv[1:]:
    with open(path) as lines:
        for line in lines:
            one = json.loads(line)
            if one["value"] is None or one["metric"].startswith(NOT_OURS):
                continue
            values[one["metric"], one["peer"]].append(one["value"])
            if one["peer"] not in names:
                names.append(one["peer"])

peers = [name for name in names if name != OURS]
rows = [["metric", OURS] + ["/ " + name for name in peers]]
for metric in dict.fromkeys(metric for metric, peer in values if peer == OURS):
    ours = statistics.median(values[metric, OURS])
    row = [metric + (" ↑" if metric.startswith(MORE) else " ↓"), "%.4g" % ours]
    for peer in peers:
        theirs = values.get((metric, peer))
        base = statistics.median(theirs) if theirs else 0
        row.append("%.2f" % (ours / base) if base else "-" if not theirs else "%.4g to 0" % ours)
    rows.append(row)
widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
for number, row in enumerate(rows):
    print("| " + " | ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))) + " |")
    if number == 0:
        print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
