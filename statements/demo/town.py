"""Kaarnalahti / Barkviken: an invented bilingual town, its people in figures and in names."""

NAME = {"fi": "Kaarnalahden kaupunki", "sv": "Barkvikens stad", "en": "City of Kaarnalahti"}

# Age, gender and language together, people aged 16 and over; every figure is invented.
AGE_GENDER_LANGUAGE: dict[tuple[str, str], tuple[int, int, int]] = {
    ("16-29", "mies"): (1991, 397, 295),
    ("16-29", "nainen"): (1853, 370, 274),
    ("30-44", "mies"): (2272, 465, 445),
    ("30-44", "nainen"): (2183, 446, 429),
    ("45-59", "mies"): (2516, 515, 228),
    ("45-59", "nainen"): (2487, 509, 225),
    ("60-74", "mies"): (2739, 586, 82),
    ("60-74", "nainen"): (2897, 620, 86),
    ("75-", "mies"): (1599, 369, 16),
    ("75-", "nainen"): (2181, 503, 22),
}
LANGUAGES = ("suomi", "ruotsi", "muu kieli")
AREAS = {
    "Keskusta": 12340,
    "Rantapuoli": 6920,
    "Ylikaarna": 4110,
    "Saarenpää": 3560,
    "Vanhakirkko": 2670,
}
POSTAL_CODES = {
    "Keskusta": ("99100", "99110"),
    "Rantapuoli": ("99200",),
    "Ylikaarna": ("99300",),
    "Saarenpää": ("99400", "99410"),
    "Vanhakirkko": ("99500",),
}
EDUCATION = {"perusaste": 6480, "toinen aste": 14090, "korkea-aste": 9030}

# How readily each group signs up: the educated and the older more, the young and the busy less.
READINESS = {
    **{"16-29": 0.55, "30-44": 0.75, "45-59": 1.0, "60-74": 1.5, "75-": 0.85},
    **{"perusaste": 0.5, "toinen aste": 0.9, "korkea-aste": 1.6},
    **{"suomi": 1.0, "ruotsi": 1.1, "muu kieli": 0.55},
}
AGES = {"16-29": (17, 29), "30-44": (30, 44), "45-59": (45, 59), "60-74": (60, 74), "75-": (75, 92)}

# The names of criteria and values, in Finnish, Swedish and English.
CRITERIA = {
    "ikä": ("Ikäryhmä", "Åldersgrupp", "Age group"),
    "sukupuoli": ("Sukupuoli", "Kön", "Gender"),
    "kieli": ("Äidinkieli", "Modersmål", "Mother tongue"),
    "alue": ("Asuinalue", "Bostadsområde", "Residential area"),
    "koulutus": ("Koulutusaste", "Utbildningsnivå", "Level of education"),
}
VALUES = {
    "16-29": ("16–29 vuotta", "16–29 år", "16–29 years"),
    "30-44": ("30–44 vuotta", "30–44 år", "30–44 years"),
    "45-59": ("45–59 vuotta", "45–59 år", "45–59 years"),
    "60-74": ("60–74 vuotta", "60–74 år", "60–74 years"),
    "75-": ("75 vuotta tai yli", "75 år eller äldre", "75 years or over"),
    "nainen": ("nainen", "kvinna", "woman"),
    "mies": ("mies", "man", "man"),
    "muu": ("muu", "annat", "other"),
    "en kerro": ("en halua kertoa", "vill inte säga", "prefer not to say"),
    "suomi": ("suomi", "finska", "Finnish"),
    "ruotsi": ("ruotsi", "svenska", "Swedish"),
    "muu kieli": ("muu kieli", "annat språk", "another language"),
    "Keskusta": ("Keskusta", "Centrum", "Centre"),
    "Rantapuoli": ("Rantapuoli", "Strandsidan", "Rantapuoli"),
    "Ylikaarna": ("Ylikaarna", "Övre Barken", "Ylikaarna"),
    "Saarenpää": ("Saarenpää", "Holmudden", "Saarenpää"),
    "Vanhakirkko": ("Vanhakirkko", "Gammelkyrka", "Vanhakirkko"),
    "perusaste": ("perusaste", "grundnivå", "basic"),
    "toinen aste": ("toinen aste", "andra stadiet", "upper secondary"),
    "korkea-aste": ("korkea-aste", "högskolenivå", "higher"),
}

FIRST_NAMES = {
    "suomi": [
        "Aino",
        "Demi",
        "Eeva",
        "Hannes",
        "Jalmari",
        "Kerttu",
        "Matti",
        "Orvokki",
        "Pentti",
        "Raija",
        "Sulo",
        "Tyyne",
        "Urho",
        "Venla",
        "Ilmo",
        "Lempi",
        "Ahti",
        "Hilja",
        "Impi",
        "Kaino",
        "Lahja",
        "Manta",
        "Niilo",
        "Oiva",
        "Pihla",
        "Rauha",
        "Säde",
        "Taimi",
        "Unto",
        "Vieno",
    ],
    "ruotsi": [
        "Börje",
        "Gun-Lis",
        "Ingrid",
        "Påhl",
        "Alfhild",
        "Dagny",
        "Ebbe",
        "Folke",
        "Greta",
        "Helmer",
        "Siv",
        "Torolf",
    ],
    "muu kieli": [
        "Demir",
        "Fatima",
        "Linh",
        "Amal",
        "Bohdan",
        "Chidi",
        "Daria",
        "Emre",
        "Farid",
        "Hoa",
        "Ivo",
        "Jamila",
    ],
}
LAST_NAMES = {
    "suomi": [
        "Mallikas",
        "Koeaho",
        "Luonnosmäki",
        "Sepite",
        "Koeluku",
        "Varjola-Demo",
        "Näyte",
        "Kuvitelma",
        "Tarumaa",
        "Oletus",
        "Keksilä",
        "Esimerkkilä",
        "Satunen",
        "Kokeilukangas",
        "Harjoitelma",
        "Otaksuma",
        "Tekaistu",
        "Utula",
        "Kangastus",
    ],
    "ruotsi": [
        "Påhittsson",
        "Provström",
        "Fiktiv",
        "Exempelby",
        "Skissman",
        "Utkastell",
        "Dikting",
        "Sagolund",
    ],
    "muu kieli": [
        "Harjoitus",
        "Esimerkki",
        "Kuvitteinen",
        "Mallinen",
        "Keksintö",
        "Tuokio",
        "Hahmotelma",
    ],
}
STREETS = {
    "Keskusta": ("Kaarnakatu", "Torikatu", "Koulukatu", "Asemakatu"),
    "Rantapuoli": ("Rantatie", "Lokkikuja", "Venevalkamantie"),
    "Ylikaarna": ("Koululaistentie", "Myllytie", "Kaarnajärventie"),
    "Saarenpää": ("Saarenpääntie", "Lossitie", "Karikuja"),
    "Vanhakirkko": ("Kirkkopolku", "Pappilantie", "Tapulitie"),
}


def population_table() -> str:
    """The town's population as an organiser would paste it."""
    rows = ["criterion;value;population"]
    counts = _margins()
    for criterion, values in counts.items():
        rows += [f"{criterion};{value};{count}" for value, count in values.items()]
    return "\n".join(rows)


def _margins() -> dict[str, dict[str, int]]:
    ages: dict[str, int] = {}
    genders = {"nainen": 0, "mies": 0}
    languages = dict.fromkeys(LANGUAGES, 0)
    for (age, gender), numbers in AGE_GENDER_LANGUAGE.items():
        ages[age] = ages.get(age, 0) + sum(numbers)
        genders[gender] += sum(numbers)
        for language, number in zip(LANGUAGES, numbers, strict=True):
            languages[language] += number
    return {
        "ikä": ages,
        "sukupuoli": {**genders, "muu": 0, "en kerro": 0},
        "kieli": languages,
        "alue": AREAS,
        "koulutus": EDUCATION,
    }
