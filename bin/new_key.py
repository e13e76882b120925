#!/usr/bin/env python
"""Make the file of keys that seals sensitive columns, or add a key to it that seals from now on.

Keep a copy of the file apart from the copies of the database: together they open everything, and
without the file nobody opens anything.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from juries.privacy.key_ring import new_ring, ring_at, write_ring


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args().file
    if not file.exists():
        write_ring(file, new_ring(), replace=False)
        print(f"{file} holds its first key. Keep a copy apart from the database.")
        return
    ring = ring_at(file).with_new_key()
    write_ring(file, ring, replace=True)
    print(f"{file} holds {len(ring.keys)} keys, and the newest seals from now on.")
    print("Next: manage.py reseal --retire, so that the older ones can go.")


if __name__ == "__main__":
    main()
