"""Waves of letters: chosen by lot, with codes that stay, reminded once, confirmed by number."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from juries import codes
from juries.enums import Stage
from juries.errors import JuryError, WrongStage
from juries.invitation import choosing, rates
from juries.invitation.candidates import those_not_invited, those_to_remind
from juries.invitation.choosing import by_lot, everybody, in_proportion, of_each_group
from juries.invitation.samples import read_protected
from juries.invitation.waves import (
    codes_by_hand,
    letters_of,
    make_codes,
    make_reminder,
    make_wave,
    mark_sent,
    quieten,
    send_no_more,
    take_back,
)
from juries.models import AuditEntry, Invitation, Jury, Registrant, Wave
from tests import factories
from tests.juries.invitation.sampling import imported, invited, row, user
from tests.juries.registration.registering import open_jury


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


def register(invitation: Invitation, **facts: object) -> Registrant:
    jury = invitation.jury
    [someone] = factories.make_registrants(
        jury, [("woman", "young")], invitation=invitation, **facts
    )
    return someone


def remind(jury: Jury, **changes: object) -> Wave:
    plan = everybody(those_to_remind(jury))
    facts = {"request": uuid4(), "plan": plan, "typed": plan.total, "by": user(), **changes}
    return make_reminder(jury=jury, **facts)


def test_shares_are_in_proportion_and_add_up():
    candidates = {"a": range(60), "b": range(30), "c": range(10)}

    assert [part.wanted for part in in_proportion(candidates, 50).parts] == [30, 15, 5]
    assert in_proportion(candidates, 500).total == 100
    assert in_proportion({}, 5).total == 0
    assert in_proportion(candidates, 7).total == 7


def test_of_each_group_never_more_than_there_are():
    plan = of_each_group({"a": [1, 2], "b": [3]}, {"a": 5, "c": 9})

    assert [(part.group, part.left, part.wanted) for part in plan.parts] == [
        ("a", 2, 2),
        ("b", 1, 0),
    ]


def test_the_lot_gives_everybody_the_same_chance():
    candidates = {"": range(10)}
    drawn = Counter(
        person
        for _time in range(600)
        for person in by_lot(candidates, in_proportion(candidates, 3))
    )

    assert sum(drawn.values()) == 1800
    # 180 expected of each, with a standard deviation of 11: five of them is one in a million.
    assert all(120 < drawn[person] < 240 for person in range(10))


def test_everybody_of_a_sample_gets_one_letter_with_their_own_code(jury):
    sample = imported(jury, [row(1), row(2, language="sv"), row(3, protected="1")])

    wave = invited(sample)

    letters = list(letters_of(wave))
    assert [(one.name, one.language) for one in letters] == [
        ("Aino 1 Mallikas", "fi"),
        ("Aino 2 Mallikas", "sv"),
    ]
    assert {codes.digest_of(one.code) for one in letters} < set(
        Invitation.objects.values_list("code_digest", flat=True)
    )
    assert those_not_invited(sample) == {}
    assert wave.size == 3


def test_r15_who_is_protected_has_a_code_by_hand_and_stands_in_no_letter(jury):
    sample = imported(jury, [row(1), row(2, protected="1"), row(3, protected="1")])
    assert codes_by_hand(read_protected(sample=sample, by=user()))[0][1] == ""
    wave = invited(sample)

    by_hand = codes_by_hand(read_protected(sample=sample, by=user()))

    assert [person.number for person, _code in by_hand] == [3, 4]
    assert all(codes.is_well_formed(code) for _person, code in by_hand)
    assert {code for _person, code in by_hand}.isdisjoint(one.code for one in letters_of(wave))


def test_letters_printed_again_have_the_same_codes_and_only_digests_are_stored(jury):
    wave = invited(imported(jury, [row(1), row(2)]))

    first, again = list(letters_of(wave)), list(letters_of(wave))

    assert first == again
    assert first[0].code not in str([*Invitation.objects.values(), *Wave.objects.values()])


def test_codes_made_under_another_key_are_not_printed(jury, settings):
    wave = invited(imported(jury, [row(1)]))
    settings.CODE_KEY = "another key"

    with pytest.raises(JuryError, match="key of this house"):
        list(letters_of(wave))


def test_o9_a_wave_is_made_only_when_its_number_is_typed(jury):
    sample = imported(jury, [row(1), row(2)])
    plan = everybody(those_not_invited(sample))

    for typed in (None, 1, 20):
        with pytest.raises(JuryError, match="Type 2 here"):
            make_wave(sample=sample, request=uuid4(), plan=plan, typed=typed, by=user())
    assert Wave.objects.count() == 0
    make_wave(sample=sample, request=uuid4(), plan=plan, typed=2, by=user())
    assert Wave.objects.get().size == 2


def test_a_wave_asked_for_twice_is_one_wave(jury):
    sample, request = imported(jury, [row(1), row(2)]), uuid4()
    plan = in_proportion(those_not_invited(sample), 1)

    waves = {
        make_wave(sample=sample, request=request, plan=plan, typed=1, by=user()).pk
        for _time in range(2)
    }

    assert len(waves) == 1
    assert Invitation.objects.count() == 1
    assert AuditEntry.objects.filter(verb="wave.made").count() == 1


def test_a_plan_that_others_have_overtaken_is_refused(jury):
    sample = imported(jury, [row(1), row(2)])
    plan = everybody(those_not_invited(sample))
    invited(sample)

    with pytest.raises(JuryError, match="fewer people left"):
        make_wave(sample=sample, request=uuid4(), plan=plan, typed=2, by=user())


def test_a_second_wave_takes_from_those_who_are_left(jury):
    sample = imported(jury, [row(number, group="ab"[number % 2]) for number in range(10)])
    first = in_proportion(those_not_invited(sample), 4)
    make_wave(sample=sample, request=uuid4(), plan=first, typed=4, by=user())

    wave = invited(sample)

    assert (wave.number, wave.size) == (2, 6)
    assert Counter(Invitation.objects.values_list("stratum", flat=True)) == {"a": 5, "b": 5}


def test_reminders_go_to_those_who_have_not_answered_with_the_code_they_have(jury):
    wave = invited(imported(jury, [row(1), row(2), row(3), row(4), row(5, protected="1")]))
    answered, withdrawn, silent, asked = wave.invitations.order_by("number")[:4]
    register(answered)
    quieten(withdrawn)
    own_codes = {one.name: one.code for one in letters_of(wave)}
    send_no_more(jury=jury, code=list(letters_of(wave))[2].code.lower(), by=user())

    reminder = remind(jury)

    letters = list(letters_of(reminder))
    assert [(one.name, one.code) for one in letters] == [
        ("Aino 3 Mallikas", own_codes["Aino 3 Mallikas"])
    ]
    silent.refresh_from_db()
    asked.refresh_from_db()
    assert (silent.reminded_in, silent.quiet, asked.quiet) == (reminder, False, True)
    assert (reminder.kind, reminder.number, reminder.size) == (Wave.Kind.REMINDER, 2, 1)


def test_who_answers_before_the_reminder_is_printed_is_left_out_of_it(jury):
    wave = invited(imported(jury, [row(1), row(2)]))
    reminder = remind(jury)

    register(wave.invitations.first())

    assert [one.name for one in letters_of(reminder)] == ["Aino 2 Mallikas"]


def test_nobody_is_reminded_of_letters_that_have_not_gone_out(jury):
    wave = invited(imported(jury, [row(1)]), sent=False)
    assert those_to_remind(jury) == {}

    mark_sent(wave=wave, on=timezone.localdate(), by=user())
    first = remind(jury)
    assert those_to_remind(jury) == {}

    mark_sent(wave=first, on=timezone.localdate(), by=user())
    assert remind(jury).size == 1


def test_letters_cannot_have_gone_out_tomorrow(jury):
    wave = invited(imported(jury, [row(1)]), sent=False)

    with pytest.raises(JuryError):
        mark_sent(wave=wave, on=timezone.localdate() + timedelta(days=1), by=user())


def test_a_wave_can_be_taken_back_until_it_has_gone_out(jury):
    sample = imported(jury, [row(1)])
    take_back(wave=invited(sample, sent=False), by=user())
    assert Invitation.objects.count() == 0

    sent = invited(sample)
    with pytest.raises(JuryError):
        take_back(wave=sent, by=user())
    take_back(wave=remind(jury), by=user())
    assert Invitation.objects.get().reminded_in is None


def test_a_wave_whose_code_has_been_used_stays(jury):
    wave = invited(imported(jury, [row(1)]), sent=False)
    register(wave.invitations.get())

    with pytest.raises(JuryError):
        take_back(wave=wave, by=user())


def test_after_registration_no_letters_are_made(jury):
    sample = imported(jury, [row(1)])
    plan = everybody(those_not_invited(sample))
    Jury.objects.update(stage=Stage.PANEL)

    with pytest.raises(WrongStage):
        make_wave(sample=sample, request=uuid4(), plan=plan, typed=1, by=user())


def test_the_rate_of_each_wave_language_and_group_is_told(jury):
    rows = [row(1), row(2, language="sv"), row(3, group="Saaristo"), row(4, group="Saaristo")]
    wave = invited(imported(jury, rows))
    first, *_others, last = wave.invitations.order_by("number")
    register(first)
    reminder = remind(jury)
    register(last)
    make_codes(jury=jury, request=uuid4(), count=5, by=user())

    by_wave = [
        (one.wave.number, one.rate.invited, one.rate.registered) for one in rates.by_wave(jury)
    ]
    assert by_wave == [(1, 4, 2), (reminder.number, 3, 1), (3, 5, 0)]
    assert rates.overall(jury).share == 0.5
    assert [(one.key, one.invited, one.registered) for one in rates.by_language(jury)] == [
        ("fi", 3, 2),
        ("sv", 1, 0),
    ]
    assert [(one.key, one.share) for one in rates.by_group(jury)] == [
        ("Keskusta", 0.5),
        ("Saaristo", 0.5),
    ]


def test_registrations_for_trial_are_no_answers(jury):
    wave = invited(imported(jury, [row(1), row(2)]))
    register(wave.invitations.first(), on_trial=True)

    assert rates.overall(jury).registered == 0


def test_the_lot_takes_no_seed_that_somebody_could_choose():
    names = by_lot.__code__.co_varnames[: by_lot.__code__.co_argcount]

    assert names == ("candidates", "plan")
    assert choosing.secrets.SystemRandom
