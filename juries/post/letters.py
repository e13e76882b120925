"""Letters set by Typst: the person's own language first, the jury's others on the next pages."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import batched
from pathlib import Path
from types import MappingProxyType
from typing import Any

import segno
import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from juries.files.pdf_joining import Joining
from juries.models import Jury
from juries.post.addresses import address_of, on_paper, record_address
from juries.post.kinds import KINDS, Door, Text
from juries.post.wordings import facts_of, filled, text_of

TEMPLATE = Path(__file__).parent / "typst" / "letters.typ"
BULLETS = ("- ", "– ", "• ")

AT_ONCE = 20
"""Letters set at a time: the typesetter remembers its last ten settings, so few keep it small."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a letter leads to its door: the address as it is typed, and what a code adds to it."""

    address: Callable[[Jury, str], str]
    coded: str
    label: Promise
    qr: Promise


WAYS: Mapping[Door, Way] = MappingProxyType(
    {
        Door.SIGN_UP: Way(
            lambda jury, language: address_of("sign_up", jury.slug, language=language),
            "?code={code}",
            gettext_lazy("Your code"),
            gettext_lazy("QR code that opens the registration"),
        ),
        Door.OFFER: Way(
            lambda _jury, language: address_of("selection:offer_code", language=language),
            "{code}/",
            gettext_lazy("Your code"),
            gettext_lazy("QR code that opens your offer"),
        ),
        Door.RECORD: Way(
            record_address,
            "",
            gettext_lazy("How the panel was drawn"),
            gettext_lazy("QR code that opens the page about the draw"),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Letter:
    """Who gets a letter, where, in which language, with which code.

    ``told`` are further facts of this person alone, language by language.
    """

    name: str
    street_address: str
    postal_code: str
    town: str
    language: str
    code: str
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> list[str]:
        """The lines of the address, as the post reads them."""
        town = f"{self.postal_code} {self.town.upper()}".strip()
        return [line for line in (self.name, self.street_address, town) if line]


INVENTED = Letter(
    "Aino Mallikas", "Kirkkokatu 5 A 12", "99999", "Kaarnalahti", "", "K7RM-4PXQ-9ABD"
)


@dataclass(frozen=True, slots=True)
class Press:
    """Sets letters of one kind for one jury; what they share is read once."""

    jury: Jury
    shared: "dict[str, Shared]"

    @classmethod
    def of(cls, jury: Jury, key: str) -> "Press":
        invites = KINDS[key].door == Door.SIGN_UP
        on = (jury.letters_on if invites else None) or timezone.localdate()
        shared = {language: Shared.of(jury, key, language, on) for language in jury.languages}
        return cls(jury, shared)

    def languages_for(self, letter: Letter) -> list[str]:
        """Every language of the jury, the person's own first."""
        return sorted(self.jury.languages, key=lambda language: language != letter.language)

    def pdf(self, letters: Sequence[Letter]) -> bytes:
        """The letters, tagged for screen readers, each beginning on a sheet of its own."""
        first = next(iter(self.shared.values()))
        data = {
            "title": first.title,
            "sender": first.facts["organisation"],
            "both-sides": len(self.jury.languages) > 1,
            "letters": [self._one(letter) for letter in letters],
        }
        return typst.compile(
            TEMPLATE.read_bytes(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            ignore_system_fonts=True,
            timestamp=0,
        )

    def file(self, letters: Sequence[Letter]) -> BytesIO:
        """The same for some hundreds of them, from the beginning of the file."""
        file = BytesIO()
        joining = Joining(file)
        for part in batched(letters, AT_ONCE):
            joining.add(self.pdf(part))
        joining.finish()
        file.seek(0)
        return file

    def sides(self, letter: Letter) -> Iterator[tuple[str, Text]]:
        """What the letter says, language by language."""
        for language in self.languages_for(letter):
            shared = self.shared[language]
            yield language, filled(shared.text, shared.facts_for(letter))

    def _one(self, letter: Letter) -> dict[str, Any]:
        languages = self.languages_for(letter)
        return {
            "address": letter.address,
            "code": letter.code,
            "qr": _qr(self.shared[languages[0]].opened_by(letter)),
            "sides": [
                self.shared[language].side(text, first=language == languages[0])
                for language, text in self.sides(letter)
            ],
        }


@dataclass(frozen=True, slots=True)
class Shared:
    """What all letters of a kind have in common in one language."""

    language: str
    text: Text
    facts: dict[str, str]
    door: str
    coded: str
    day: str
    label: str
    qr: str
    title: str

    @classmethod
    def of(cls, jury: Jury, key: str, language: str, on: date) -> "Shared":
        way = WAYS[KINDS[key].door]
        with override(language):
            return cls(
                language,
                text_of(jury, key, language),
                facts_of(jury, language),
                way.address(jury, language),
                way.coded,
                date_format(on),
                str(way.label),
                str(way.qr),
                _("Letters: %(jury)s") % {"jury": jury.name},
            )

    def opened_by(self, letter: Letter) -> str:
        """Where the square code leads."""
        return self.door + self.coded.replace("{code}", letter.code)

    def facts_for(self, letter: Letter) -> dict[str, str]:
        own = {"name": letter.name, "code": letter.code, "link": on_paper(self.door)}
        own |= letter.told.get(self.language, {})
        return {**self.facts, **own, "record": on_paper(own.get("record", ""))}

    def side(self, text: Text, *, first: bool) -> dict[str, Any]:
        return {
            "first": first,
            "language": self.language,
            "sender": self.facts["organisation"],
            "day": self.day,
            "heading": text.subject,
            "body": list(_parts(text.body)),
            "label": self.label,
            "address": on_paper(self.door),
            "qr": self.qr,
        }


def _parts(body: str) -> Iterator[dict[str, Any]]:
    """Paragraphs and lists of the text, as blank lines and dashes part them."""
    for paragraph in body.split("\n\n"):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        listed = all(line.startswith(BULLETS) for line in lines)
        if lines:
            yield {"list": listed, "lines": [line[2:] if listed else line for line in lines]}


def _qr(address: str) -> str:
    """The square code as a drawing. A given mask saves trying all eight on every letter."""
    drawing = BytesIO()
    code = segno.make(address, error="m", boost_error=False, micro=False, mask=2)
    code.save(drawing, kind="svg", scale=1, border=0, xmldecl=False, svgns=True, omitsize=True)
    return drawing.getvalue().decode()
