"""Draws that have come some way."""

from tests.selection.verifier.making import House


def drawn(house: House) -> House:
    return house.freeze().commit().balls().beacon().result()


def second(house: House) -> House:
    return house.commit().balls().beacon().result()


def open_house(people: int = 40) -> House:
    criteria = {"gender": ["female", "male"]}
    house = House(9, disclosure="L3", criteria=criteria, households=False, people=people, size=4)
    for i, row in enumerate(house.rows):
        row["a"]["gender"] = criteria["gender"][i % 2]
    house.rows.sort(key=house.leaf)
    return house


def following(old: House, **changes: object) -> House:
    """The next draw of the same process."""
    new = House(18)
    new.draw, new.previous = 2, old.hashes[-1].hex()
    for name, value in changes.items():
        setattr(new, name, value)
    return new.freeze()
