"""Many PDFs of the typesetter after each other in one, read one at a time.

Not any PDF: only what Typst writes, which keeps every object in the open and a table of where each
begins. The tags for screen readers are joined too. However many are joined, no more than one of
them is in memory, and of the others only where their objects begin.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

CATALOG, PAGES, TAGS, TAGS_OF_PAGES, WHOLE, ABOUT, METADATA = range(1, 8)

# Text in parentheses is skipped: what looks like a reference there is somebody's words.
REFERENCE = re.compile(
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|\b(\d+) 0 R|/(StructParents?) (\d+)", re.DOTALL
)
ENTRY = re.compile(rb"(\d+) 0 R")
NUMBERED = re.compile(rb"(\d+) (\d+) 0 R")


class NotFromTypst(ValueError):
    """The PDF is not built the way this house's typesetter builds them."""


@dataclass(slots=True)
class Joining:
    """The PDF that grows; it is one only once ``finish`` has been called."""

    file: BinaryIO
    offsets: "array[int]" = field(default_factory=lambda: array("Q", [0] * METADATA))
    pages: int = 0
    roots: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)
    next_key: int = 0
    frame: "Source | None" = None

    def __post_init__(self) -> None:
        self.file.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n")

    def add(self, pdf: bytes) -> int:
        """All pages of ``pdf`` follow; how many they are."""
        source = Source.of(pdf)
        renumbered = {source.tags: WHOLE}
        kept = [number for number in source.starts if number not in source.own]
        for new, number in enumerate(kept, start=len(self.offsets) + 1):
            renumbered[number] = new
        self.offsets.extend([0] * len(kept))
        for number in kept:
            head, rest = source.parts(number)
            head = self._shifted(head, renumbered)
            if number == source.pages:
                head = head.replace(b"/Type/Pages", b"/Type/Pages/Parent %d 0 R" % PAGES, 1)
            self._write(renumbered[number], head + rest)
        self._take_tags(source, renumbered)
        self.roots.append(renumbered[source.pages])
        count = source.page_count()
        self.pages += count
        self.frame = self.frame or source
        return count

    def finish(self) -> None:
        """The file holds one PDF with everything that was added."""
        if self.frame is None:
            raise NotFromTypst("nothing was added")
        for number, content in self._frame(self.frame):
            self._write(number, content)
        start = self.file.tell()
        self.file.write(b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(self.offsets) + 1))
        for offset in self.offsets:
            self.file.write(b"%010d 00000 n\r\n" % offset)
        self.file.write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self.offsets) + 1, CATALOG, ABOUT, start)
        )

    def _frame(self, first: "Source") -> Iterator[tuple[int, bytes]]:
        """The objects of which a PDF has one each, after the example of the first added."""
        catalog = re.sub(rb"/Outlines \d+ 0 R", b"", first.content(first.catalog))
        for name, new in ((b"Pages", PAGES), (b"StructTreeRoot", TAGS), (b"Metadata", METADATA)):
            catalog = re.sub(rb"/%s \d+ 0 R" % name, b"/%s %d 0 R" % (name, new), catalog)
        yield CATALOG, catalog
        yield PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>\n" % (self.pages, _references(self.roots))
        yield (
            TAGS,
            re.sub(
                rb"/K\[.*?\]/ParentTree<<.*?>>/ParentTreeNextKey \d+",
                b"/K[%s]/ParentTree %d 0 R/ParentTreeNextKey %d"
                % (_references([WHOLE]), TAGS_OF_PAGES, self.next_key),
                first.content(first.tags),
                count=1,
                flags=re.DOTALL,
            ),
        )
        yield TAGS_OF_PAGES, b"<</Kids[%s]>>\n" % _references(self.leaves)
        yield (
            WHOLE,
            b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>\n" % (TAGS, _references(self.tops)),
        )
        yield ABOUT, first.content(first.about)
        yield METADATA, first.content(first.metadata)

    def _take_tags(self, source: "Source", renumbered: dict[int, int]) -> None:
        tags = source.content(source.tags)
        tops, numbers = _between(tags, b"/K[", b"]"), _between(tags, b"/Nums[", b"]")
        self.tops += [renumbered[int(top)] for top in ENTRY.findall(tops)]
        pairs = [(int(key), int(leaf)) for key, leaf in NUMBERED.findall(numbers)]
        rows = b" ".join(
            b"%d %d 0 R" % (key + self.next_key, renumbered[leaf]) for key, leaf in pairs
        )
        self.offsets.append(0)
        self.leaves.append(len(self.offsets))
        limits = (pairs[0][0] + self.next_key, pairs[-1][0] + self.next_key)
        self._write(self.leaves[-1], b"<</Limits[%d %d]/Nums[%s]>>\n" % (*limits, rows))
        self.next_key += int(_between(tags, b"/ParentTreeNextKey ", b">").split(b"/")[0])

    def _shifted(self, head: bytes, renumbered: dict[int, int]) -> bytes:
        def shift(found: re.Match[bytes]) -> bytes:
            if found[1]:
                return b"%d 0 R" % renumbered[int(found[1])]
            if found[2]:
                return b"/%s %d" % (found[2], int(found[3]) + self.next_key)
            return found[0]

        return REFERENCE.sub(shift, head)

    def _write(self, number: int, content: bytes) -> None:
        self.offsets[number - 1] = self.file.tell()
        self.file.write(b"%d 0 obj\n" % number)
        self.file.write(content)
        self.file.write(b"endobj\n\n")


@dataclass(frozen=True, slots=True)
class Source:
    """One PDF as Typst writes it, and which of its objects it has once only."""

    pdf: bytes
    starts: dict[int, int]
    ends: dict[int, int]
    catalog: int
    pages: int
    tags: int
    about: int
    metadata: int
    outline: int

    @classmethod
    def of(cls, pdf: bytes) -> "Source":
        """The PDF, with its table read."""
        try:
            table = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
            lines = pdf[table : pdf.index(b"trailer", table)].split(b"\n")[3:-1]
        except (ValueError, IndexError) as error:
            raise NotFromTypst("no table of objects") from error
        starts = {number: int(line[:10]) for number, line in enumerate(lines, start=1)}
        order = sorted(starts, key=starts.__getitem__)
        follows = [*(starts[number] for number in order[1:]), table]
        ends = dict(zip(order, follows, strict=True))
        trailer = pdf[pdf.rindex(b"trailer") :]
        catalog, about = _named(trailer, b"Root"), _named(trailer, b"Info")
        root = pdf[starts[catalog] : ends[catalog]]
        return cls(
            pdf,
            starts,
            ends,
            catalog,
            _named(root, b"Pages"),
            _named(root, b"StructTreeRoot"),
            about,
            _named(root, b"Metadata"),
            _empty_outline(pdf, root, starts),
        )

    @property
    def own(self) -> frozenset[int]:
        """The objects that the joined PDF has once, not once for each that was joined."""
        return frozenset({self.catalog, self.tags, self.about, self.metadata, self.outline})

    def content(self, number: int) -> bytes:
        """What stands between the object's first and last word."""
        whole = self.pdf[self.starts[number] : self.ends[number]]
        return whole[whole.index(b"obj") + 4 : whole.rindex(b"endobj")]

    def parts(self, number: int) -> tuple[bytes, bytes]:
        """The object's dictionary, and its stream of bytes that must stay as they are."""
        content = self.content(number)
        if not content.rstrip().endswith(b"endstream"):
            return content, b""
        place = content.index(b"stream")
        return content[:place], content[place:]

    def page_count(self) -> int:
        return int(re.findall(rb"/Count (\d+)", self.content(self.pages))[0])


def _named(dictionary: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % name, dictionary)
    if found is None:
        raise NotFromTypst(f"no {name.decode()}")
    return int(found[1])


def _empty_outline(pdf: bytes, root: bytes, starts: dict[int, int]) -> int:
    """The object of bookmarks, of which there must be none: they cannot be joined."""
    if b"/Outlines" not in root:
        return 0
    outline = _named(root, b"Outlines")
    if b"/First" in pdf[starts[outline] : pdf.index(b"endobj", starts[outline])]:
        raise NotFromTypst("there are bookmarks")
    return outline


def _references(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _between(text: bytes, start: bytes, end: bytes) -> bytes:
    begins = text.index(start) + len(start)
    return text[begins : text.index(end, begins)]
