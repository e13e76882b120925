"""What somebody needs to work out the ticket by hand, with the numbers of this very draw."""

from dataclasses import dataclass

from selection.models import Draw
from selection.protocol import chain, drand
from selection.record.files import record_name
from selection.record.published import Names, Published, PublishedRound, published
from selection.record.rounds import ToldRound, told_round

NOT_YET = "…"


@dataclass(frozen=True, slots=True)
class ByHand:
    """One round, step by step; what is not known yet is left out."""

    told: ToldRound
    digits: tuple[str, ...]
    balls: str
    beacon: str
    addresses: tuple[str, ...]
    python: str
    terminal: str


def commands(draw: Draw) -> tuple[str, str]:
    """How the verifier is run on the record, and on somebody's receipt."""
    name = record_name(draw)
    return f"python3 verify.py check {name}", f"python3 verify.py receipt {name} receipt.json"


def steps_of(draw: Draw) -> list[ByHand]:
    """Every committed round of the draw, step by step."""
    known, names = published(draw), Names(draw.quotas)
    return [_step(known, drawn, told_round(drawn, names)) for drawn in known.rounds]


def _step(known: Published, drawn: PublishedRound, told: ToldRound) -> ByHand:
    chance, result = drawn.commitment["chance"], drawn.result or {}
    balls = known.first(chain.BALLS, drawn.number).get("balls", "")
    b, beacon = result.get("b"), chance["drand"]
    tickets = drawn.tickets
    return ByHand(
        told=told,
        digits=tuple(balls),
        balls=balls,
        beacon="" if b is None else str(b),
        addresses=tuple(drand.address_of(beacon["round"])) if beacon else (),
        python=_python(drawn.digest, told.signature or NOT_YET, tickets),
        terminal=_terminal(drawn.digest, told.signature or NOT_YET, tickets),
    )


def _python(digest: str, signature: str, tickets: int) -> str:
    return (
        'python3 -c "from hashlib import sha256 as h;'
        f" c = bytes.fromhex('{digest}');"
        f" s = bytes.fromhex('{signature}');"
        " print(int(h(b'kr/seed/1\\0' + c + h(s).digest()).hexdigest(), 16)"
        f' % {tickets})"'
    )


def _terminal(digest: str, signature: str, tickets: int) -> str:
    """The same with tools that Linux and macOS have: bytes put together, hashed, divided."""
    return "\n".join(
        (
            "printf 'kr/seed/1\\0' > mix",
            f"echo {digest} | xxd -r -p >> mix",
            f"echo {signature} | xxd -r -p | openssl dgst -sha256 -binary >> mix",
            'echo "ibase=16; $(openssl dgst -sha256 -r mix | cut -c1-64 | tr a-f A-F)'
            f' % {tickets:X}" | bc',
        )
    )
