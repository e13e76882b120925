"""How people come to the demo juries: letters in waves, links of different ways, and by themselves.

Whoever signs up tells what the form asks, some tell needs, and some have a letter with a code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from juries.enums import Stage
from juries.intake import uploads
from juries.invitation import outreach, samples, waves
from juries.invitation.address_columns import guesses
from juries.invitation.address_judging import Reading
from juries.invitation.candidates import those_not_invited, those_to_remind
from juries.invitation.choosing import in_proportion
from juries.models import CriterionValue, Jury, Question, Upload, User, Wave
from juries.post import outbox
from juries.registration import agreeing, signup
from juries.registration.answers import KINDS_OF_NEEDS, NeedsTold, Reply
from juries.registration.entry import Particulars
from statements.demo import clock
from statements.demo import recruitment_texts as texts
from statements.demo.people import Resident, addresses

PURPOSE = "Kutsukirjeet kansalaisraatiin ilmoittautumista varten"
VISITS_FOR_A_REGISTRATION = 6


@dataclass(frozen=True, slots=True)
class Campaign:
    """How a jury invites: how many addresses, how many letters when, and who answers them."""

    permit_number: str
    addresses: int
    first_wave: int
    first_on: date
    second_wave: int
    second_on: date
    reminder: int
    reminder_on: date
    share: float
    """This part of the residents has an address in the sample; the others come otherwise."""
    seed: int

    def is_in_sample(self, number: int) -> bool:
        """Whether the n-th resident has an address in the sample."""
        return int((number + 1) * self.share) > int(number * self.share)


def submission_of(jury: Jury, number: int) -> UUID:
    """The submission of the jury's n-th invented resident: always the same, so is the code."""
    return uuid5(NAMESPACE_URL, f"{jury.slug}/{number}")


def send_first_letters(
    jury: Jury, campaign: Campaign, residents: Sequence[Resident], by: User
) -> None:
    """The addresses are imported, and the first wave has gone out."""
    if jury.stage != Stage.SETTING_UP:
        return
    with clock.at(campaign.first_on - timedelta(days=10)):
        if not jury.samples.exists():
            _import_sample(jury, campaign, residents, by)
        wave = _invite(jury, 1, campaign.first_wave, by)
    with clock.at(campaign.first_on):
        _send(wave, campaign.first_on, by)
        for name in texts.OUTREACH:
            if not jury.outreach_codes.filter(name=name).exists():
                outreach.add_outreach_code(jury=jury, name=name, by=by)


def recruit(
    jury: Jury, campaign: Campaign, residents: Sequence[Resident], *, last: date, by: User
) -> None:
    """The residents have signed up until the last day; further letters went out meanwhile."""
    if jury.stage != Stage.REGISTRATION:
        return
    half = len(residents) // 2
    opens = jury.registration_opens_on
    before = campaign.reminder_on - timedelta(days=1)
    sign_up(jury, residents, range(half), (opens, before), campaign)
    with clock.at(campaign.second_on):
        _send(_invite(jury, 2, campaign.second_wave, by), campaign.second_on, by)
    with clock.at(campaign.reminder_on):
        _send(_remind(jury, campaign, by), campaign.reminder_on, by)
    sign_up(jury, residents, range(half, len(residents)), (campaign.reminder_on, last), campaign)
    _count_visits(jury)


def send_messages(on: date) -> None:
    """Whatever waited in the outbox on that day has gone."""
    with clock.at(on):
        while outbox.send_due():
            pass
    with clock.at(on + timedelta(days=2)):
        outbox.forget_what_was_sent()


def particulars_of(resident: Resident) -> Particulars:
    """What the resident tells of themselves."""
    return Particulars(
        name=resident.name,
        email=resident.email,
        street_address=resident.street_address,
        postal_code=resident.postal_code,
        birth_year=resident.birth_year,
        language=resident.language,
        guardian_name=resident.guardian_name,
        guardian_contact=resident.guardian_contact,
    )


def values_by_key(jury: Jury) -> dict[tuple[str, str], CriterionValue]:
    """Every value of every criterion, by their keys."""
    values = CriterionValue.objects.filter(criterion__jury=jury).select_related("criterion")
    return {(value.criterion.key, value.key): value for value in values}


def values_in(jury: Jury, resident: Resident) -> list[CriterionValue]:
    """The resident's value of each criterion."""
    values = values_by_key(jury)
    return [values[pair] for pair in resident.values.items()]


def _import_sample(jury: Jury, campaign: Campaign, residents: Sequence[Resident], by: User) -> None:
    known = [one for number, one in enumerate(residents) if campaign.is_in_sample(number)]
    year = timezone.localdate().year
    upload = uploads.keep_upload(
        jury=jury,
        purpose=Upload.Purpose.ADDRESSES,
        file_name="otanta.csv",
        content=addresses(known, campaign.addresses, campaign.seed, year).encode(),
        by=by,
    )
    uploads.read_upload(upload.pk)
    upload = uploads.waiting_upload(jury, Upload.Purpose.ADDRESSES, upload.pk)
    samples.import_sample(
        upload=upload,
        permit=samples.Permit(
            name="Väestötietojärjestelmän otanta",
            permit_number=campaign.permit_number,
            purpose=PURPOSE,
            delete_on=jury.registration_closes_on + timedelta(days=30),
        ),
        reading=Reading(
            columns=guesses(samples.table_in(upload).header),
            known=samples.people_of_earlier_samples(jury),
            group_by=jury.criteria.get(key="ikä"),
        ),
        by=by,
    )


def _invite(jury: Jury, number: int, letters: int, by: User) -> Wave:
    sample = jury.samples.get()
    plan = in_proportion(those_not_invited(sample), letters)
    return waves.make_wave(
        sample=sample, request=_request(jury, number), plan=plan, typed=plan.total, by=by
    )


def _remind(jury: Jury, campaign: Campaign, by: User) -> Wave:
    plan = in_proportion(those_to_remind(jury), campaign.reminder)
    return waves.make_reminder(
        jury=jury, request=_request(jury, 3), plan=plan, typed=plan.total, by=by
    )


def _send(wave: Wave, on: date, by: User) -> None:
    if wave.sent_on is None:
        waves.mark_sent(wave=wave, on=on, by=by)


def _request(jury: Jury, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"{jury.slug}/wave/{number}")


def sign_up(
    jury: Jury,
    residents: Sequence[Resident],
    numbers: range,
    days: tuple[date, date],
    campaign: Campaign | None = None,
) -> None:
    """These residents have signed up, one after the other; without a campaign nobody has a letter."""
    letters, form, values = _letters(jury), _Form(jury), values_by_key(jury)
    standing = set(jury.registrants.values_list("submission", flat=True))
    for number in numbers:
        submission = submission_of(jury, number)
        if submission in standing:
            continue
        resident = residents[number]
        share = (number - numbers.start) / len(numbers)
        home = (resident.name, resident.street_address)
        known = campaign is not None and campaign.is_in_sample(number)
        code = letters.get(home, "") if known else ""
        with clock.at(clock.spread(*days, share)), transaction.atomic():
            signed = signup.sign_up(
                jury=jury,
                submission=submission,
                particulars=particulars_of(resident),
                values=[values[pair] for pair in resident.values.items()],
                further=form.told(Random(f"{jury.slug}/{number}"), invited=bool(code)),
                invitation_code=code,
            )
            if resident.guardian_name:
                agreeing.agree(registrant=signed.registrant, yes=agreeing.Yes.GUARDIAN)


def _letters(jury: Jury) -> dict[tuple[str, str], str]:
    """The codes of all letters, by whose they are."""
    sent = jury.waves.filter(kind=Wave.Kind.INVITATION)
    return {
        (letter.name, letter.street_address): letter.code
        for wave in sent
        for letter in waves.letters_of(wave)
    }


def _count_visits(jury: Jury) -> None:
    """Not everybody who follows a link registers."""
    with transaction.atomic():
        for effect in outreach.effects(jury):
            for _visit in range(effect.registered * VISITS_FOR_A_REGISTRATION - effect.visits):
                outreach.count_visit(effect.code)


class _Form:
    """What the jury asks, and what somebody might answer."""

    def __init__(self, jury: Jury) -> None:
        asked = Question.objects.filter(section__jury=jury, on=True)
        self.by_kind = {question.kind: question for question in asked.order_by("pk")}
        choice = self.by_kind.get(Question.Kind.CHOICE)
        self.ways = [one.key for one in choice.choices.all()] if choice else []
        self.links = list(jury.outreach_codes.values_list("key", flat=True))

    def told(self, chance: Random, *, invited: bool) -> signup.Further:
        """An answer to each own question, sometimes needs, sometimes a consent."""
        consents = []
        if chance.random() < 0.4:
            consents.append(self.by_kind[Question.Kind.CONSENT].pk)
        needs = self._needs(chance) if chance.random() < 0.15 else NeedsTold()
        if needs:
            consents.append(self.by_kind[Question.Kind.NEEDS].pk)
        return signup.Further(
            replies=self._replies(chance),
            needs=needs,
            consents=consents,
            outreach=""
            if invited or not self.links or chance.random() < 0.3
            else chance.choice(self.links),
        )

    def _needs(self, chance: Random) -> NeedsTold:
        kinds = chance.sample(sorted(KINDS_OF_NEEDS), chance.choice((1, 1, 2)))
        return NeedsTold(tuple(kinds), chance.choice(texts.NEEDS_IN_WORDS))

    def _replies(self, chance: Random) -> list[Reply]:
        if not self.ways:
            return []
        question = self.by_kind[Question.Kind.CHOICE]
        way = chance.choice(self.ways)
        replies = [Reply(question.pk, question.version, way)]
        if way in texts.BY_TIMETABLE:
            following = self.by_kind[Question.Kind.TEXT]
            words = chance.choice(texts.DEPARTURES)
            replies.append(Reply(following.pk, following.version, words))
        return replies
