"""Rounds of drand's chains as their relays published them."""

import json
from pathlib import Path

_CHAINS = json.loads(Path(__file__).with_name("rounds.json").read_text())


def _rounds_of(chain: str) -> dict[int, bytes]:
    return {int(at): bytes.fromhex(said) for at, said in _CHAINS[chain]["rounds"].items()}


GENUINE = _rounds_of("quicknet")
"""Round 42 stands in drand's own manual."""

ROUND = 1000
SIGNATURE = GENUINE[ROUND]
RANDOMNESS = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"

OTHER_KEY = _CHAINS["walkthrough"]["public_key"]
((OTHER_ROUND, OTHER_SIGNATURE),) = _rounds_of("walkthrough").items()
"""A chain of the same scheme with another key."""

OLD_KEY = _CHAINS["fastnet"]["public_key"]
((OLD_ROUND, OLD_SIGNATURE),) = _rounds_of("fastnet").items()
OLD_SCHEME = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"
"""The chain that was before quicknet: the same curve and groups under an older scheme."""
