"""D2: five hundred honest records, whatever became of the draw, are accepted by the verifier."""

import numpy as np
import pytest

from selection.models import Draw
from selection.record.files import public_record, record_of
from tests.trust.draws import MORNING, WAYS, at, house, ready, undone, with_a_round
from tests.trust.verifying import HONEST, answer, checked

HOUSES, ROUNDS_OF_EACH = 10, 50
RULES = ("leximin", "leximin", "maximin", "nash", "goldilocks")


@pytest.mark.parametrize("number", range(HOUSES))
@pytest.mark.django_db
def test_d2_every_honest_record_is_accepted(number, tmp_path):
    chance = np.random.default_rng(number)
    with at(MORNING):
        jury, organiser, observer = house(number, chance, one_per_household=number % 2 == 0)
        lottery = ready(jury, organiser, RULES[number % len(RULES)])
        assert lottery.state == "done"
        for turn in range(ROUNDS_OF_EACH):
            with undone():
                WAYS[turn % len(WAYS)](lottery, organiser, observer, chance)
                draw = Draw.objects.get(pk=lottery.draw_id)
                code, said = answer(tmp_path, "check", public_record(draw))
                assert code in HONEST, said
                if turn % 5 == 0:
                    code, said = answer(tmp_path, "check", record_of(draw, "L2"))
                    assert code in HONEST, said


@pytest.mark.parametrize("number", range(3))
@pytest.mark.django_db
def test_d2_a_round_of_its_own_is_accepted_with_all_its_files(number, tmp_path):
    chance = np.random.default_rng(100 + number)
    with at(MORNING):
        jury, organiser, observer = house(number, chance)
        lottery = ready(jury, organiser)
        with_a_round(lottery, organiser, observer, chance)
        draw = Draw.objects.get(pk=lottery.draw_id)

        assert checked(tmp_path, public_record(draw)) in HONEST
        assert checked(tmp_path, record_of(draw, "L2")) in HONEST
