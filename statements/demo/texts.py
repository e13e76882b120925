"""What the demo juries are asked, hear and say. Every name and figure is invented."""

from dataclasses import dataclass
from datetime import date

SERVICES = {
    "name_fi": "Lähipalvelut 2035",
    "name_sv": "Närservice 2035",
    "name_en": "Local services 2035",
    "charge_fi": (
        "Miten Kaarnalahden pitäisi järjestää kirjasto-, nuoriso- ja liikuntapalvelut niillä "
        "alueilla, joilta kaupungin oma palvelutila poistuu, kun käytettävissä on enintään 1,2 "
        "miljoonaa euroa vuodessa? Mistä ollaan valmiita luopumaan, ja mikä on turvattava kaikille?"
    ),
    "charge_sv": (
        "Hur ska Barkviken ordna biblioteks-, ungdoms- och motionstjänster i de områden där "
        "stadens egna lokaler försvinner, när högst 1,2 miljoner euro per år står till buds? Vad "
        "kan vi avstå från och vad måste tryggas för alla?"
    ),
    "charge_en": (
        "How should Kaarnalahti arrange library, youth and sports services in the areas that lose "
        "the city's own premises, with at most 1.2 million euros a year? What are we ready to give "
        "up, and what must be secured for everyone?"
    ),
    "background_fi": (
        "Kolme kyläkoulua on jäänyt tyhjilleen, ja kirjaston, nuorisotilojen ja liikuntavuorojen "
        "käyttö keskittyy keskustaan. Kaupunginhallitus haluaa ennen palveluverkkopäätöstä kuulla "
        "asukkaiden harkitun näkemyksen. Raadin julkilausuman käsittelee kaupunginhallitus, ja "
        "siihen vastataan suosituksittain neljän kuukauden kuluessa."
    ),
    "background_sv": (
        "Tre byskolor står tomma, och användningen av biblioteket, ungdomslokalerna och "
        "motionsturerna koncentreras till centrum. Före beslutet om servicenätet vill "
        "stadsstyrelsen höra invånarnas övervägda åsikt. Stadsstyrelsen behandlar rådets uttalande "
        "och svarar på varje rekommendation inom fyra månader."
    ),
    "background_en": (
        "Three village schools stand empty, and the use of the library, youth premises and sports "
        "hours concentrates in the centre. Before it decides on the service network, the city "
        "board wants to hear the considered view of the residents. The board answers the jury's "
        "statement recommendation by recommendation within four months."
    ),
}

TRAFFIC = {
    "name_fi": "Liikkuminen saaristossa 2032",
    "name_sv": "Trafiken i skärgården 2032",
    "name_en": "Getting around the islands 2032",
    "charge_fi": (
        "Miten Saarenpään ja Rantapuolen asukkaat pääsevät töihin, kouluun ja asioille myös ilman "
        "omaa autoa, kun lossi korvataan sillalla ja bussivuorojen määrä päätetään uudelleen?"
    ),
    "charge_sv": (
        "Hur kommer invånarna på Holmudden och Strandsidan till arbete, skola och ärenden också "
        "utan egen bil, när färjan ersätts med en bro och antalet bussturer fastställs på nytt?"
    ),
    "charge_en": (
        "How can the residents of Saarenpää and Rantapuoli get to work, to school and about their "
        "business without a car of their own, once a bridge replaces the ferry and the number of "
        "bus services is decided anew?"
    ),
    "background_fi": (
        "Silta valmistuu vuonna 2032. Kaupunkikehityslautakunta päättää sen jälkeisistä "
        "bussivuoroista, pyöräteistä ja palvelukyydeistä ja vastaa raadin suosituksiin yksitellen."
    ),
    "background_sv": (
        "Bron blir färdig år 2032. Stadsutvecklingsnämnden beslutar om bussturer, cykelvägar och "
        "servicelinjer därefter och svarar på rådets rekommendationer en i sänder."
    ),
    "background_en": (
        "The bridge opens in 2032. The urban development committee then decides on buses, cycle "
        "paths and service rides, and answers the jury's recommendations one by one."
    ),
}

PARK = {
    "name_fi": "Rantapuiston uusi elämä",
    "name_sv": "Nytt liv i Strandparken",
    "name_en": "A new life for the shore park",
    "charge_fi": (
        "Mitä Rantapuistoon tehdään, kun vanha venevarikko siirtyy pois ja puistoon on "
        "käytettävissä 900 000 euroa: mitä puistossa pitää voida tehdä kesällä ja talvella, "
        "ja mikä jätetään luonnontilaan?"
    ),
    "charge_sv": (
        "Vad görs i Strandparken när den gamla båtvarvsplatsen flyttar och 900 000 euro står till "
        "buds: vad ska man kunna göra i parken sommar och vinter, och vad lämnas i naturligt "
        "tillstånd?"
    ),
    "charge_en": (
        "What shall become of the shore park once the old boatyard moves away and 900,000 euros "
        "are at hand: what should people be able to do there in summer and in winter, and what is "
        "left to nature?"
    ),
    "background_fi": (
        "Kaupunkikehityslautakunta päättää puiston suunnitelmasta ensi syksynä ja vastaa raadin "
        "suosituksiin yksitellen."
    ),
    "background_sv": (
        "Stadsutvecklingsnämnden beslutar om parkplanen nästa höst och svarar på rådets "
        "rekommendationer en i sänder."
    ),
    "background_en": (
        "The urban development committee decides on the plan of the park next autumn and answers "
        "the jury's recommendations one by one."
    ),
}

# Kind, name, title, topic, declared interests.
EXPERTS = (
    ("researcher", "Helka Kuvitelma", "yliopistotutkija", "Mitä lähipalvelujen vähentämisestä tiedetään", "Ei sidonnaisuuksia kaupunkiin."),
    ("office_holder", "Osmo Laskelmainen", "kaupungin controller", "Kustannukset ja budjettiraja", "Kaupungin palveluksessa."),
    ("office_holder", "Mirja Esimerkkilä", "palvelujohtaja", "Omatoimikirjasto ja kirjastoauto", "Kaupungin palveluksessa."),
    ("association", "Påhl Exempelby", "byaföreningarnas förbund", "Byaföreningarnas erfarenheter", "Ordförande i Holmuddens byaförening."),
    ("company", "Tuisku Keksilä", "yrittäjä", "Monitoimitila yrityksen kanssa", "Vuokraa kaupungille kahta tilaa."),
    ("experience", "Veera Satunen", "", "Nuorena ilman autoa Saarenpäässä", ""),
    ("experience", "Taisto Tarumaa", "", "Näkövammaisen asiointi", "Vammaisneuvoston jäsen."),
    ("researcher", "Irma Oletus", "aluetaloustieteilijä", "Keskittämisen edut", "Konsultoinut naapurikuntaa 2024."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    kind: str
    minutes: int
    fi: str
    sv: str
    experts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    clock: tuple[int, int]
    fi: str
    sv: str
    place: str
    items: tuple[Item, ...]


DAYS = (
    Day(date(2026, 4, 11), (9, 30), "1. tapaaminen: mistä on kyse", "Möte 1: vad det gäller",
        "Kirjastotalo, Kaarnakatu 2", (
            Item("talk", 45, "Tervetuloa ja pelisäännöt", "Välkommen och spelregler"),
            Item("talk", 30, "Raadin tehtävä ja mihin se vaikuttaa", "Rådets uppgift och vad den påverkar"),
            Item("hearing", 60, "Palveluverkko nyt: luvut ja kartta", "Servicenätet nu: siffror och karta", ("Osmo Laskelmainen",)),
            Item("break", 60, "Lounas", "Lunch"),
            Item("round", 75, "Mitä lähipalvelu minulle tarkoittaa?", "Vad betyder närservice för mig?"),
            Item("round", 60, "Kysymykset asiantuntijoille", "Frågor till de sakkunniga"),
            Item("plenary", 30, "Päivän koonti", "Dagens sammanfattning"),
        )),
    Day(date(2026, 4, 18), (9, 30), "2. tapaaminen: asiantuntijat", "Möte 2: de sakkunniga",
        "Ylikaarnan koulu, Koululaistentie 1", (
            Item("hearing", 75, "Asiantuntijakuuleminen, osa 1", "Hörande av sakkunniga, del 1", ("Helka Kuvitelma", "Mirja Esimerkkilä", "Påhl Exempelby")),
            Item("break", 15, "Tauko", "Paus"),
            Item("hearing", 75, "Asiantuntijakuuleminen, osa 2", "Hörande av sakkunniga, del 2", ("Tuisku Keksilä", "Veera Satunen", "Taisto Tarumaa", "Irma Oletus")),
            Item("break", 60, "Lounas ja kävely tyhjällä koululla", "Lunch och promenad i den tomma skolan"),
            Item("round", 90, "Vaihtoehtojen hyödyt ja haitat", "Alternativens för- och nackdelar"),
            Item("plenary", 45, "Koonti", "Sammanfattning"),
        )),
    Day(date(2026, 4, 28), (17, 0), "3. tapaaminen: ensimmäiset luonnokset", "Möte 3: de första utkasten",
        "Kirjastotalo tai etänä", (
            Item("talk", 30, "Täydentävät vastaukset", "Kompletterande svar"),
            Item("round", 70, "Yhteiset arvot ja reunaehdot", "Gemensamma värden och ramar"),
            Item("round", 80, "Suositusluonnokset ja ristiinluku", "Utkast till rekommendationer och korsläsning"),
        )),
    Day(date(2026, 5, 9), (9, 30), "4. tapaaminen: julkilausuma", "Möte 4: uttalandet",
        "Kaupungintalo, valtuustosali", (
            Item("plenary", 120, "Luonnosten yhdistäminen ja muutosehdotukset", "Utkasten sammanförs, ändringsförslag"),
            Item("break", 60, "Lounas", "Lunch"),
            Item("vote", 60, "Äänestys suosituksittain", "Omröstning om varje rekommendation"),
            Item("plenary", 90, "Eriävät mielipiteet ja julkilausuman hyväksyminen", "Avvikande åsikter och godkännande av uttalandet"),
            Item("talk", 30, "Luovutus kaupunginhallitukselle", "Överlämnande till stadsstyrelsen"),
        )),
)  # fmt: skip

PREAMBLE = (
    "Lähtökohtamme",
    "Me, Lähipalvelut 2035 -kansalaisraadin jäsenet, olemme kokoontuneet neljä kertaa, kuulleet "
    "kahdeksaa asiantuntijaa ja käyneet keskustelua suomeksi ja ruotsiksi. Lähtökohtamme on, ettei "
    "kaikkea tarvitse olla kaikkialla, mutta kenenkään ei pidä jäädä palvelujen ulkopuolelle siksi, "
    "ettei hänellä ole autoa, rahaa tai laitteita.",
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    heading: str
    text: str
    reasons: str
    votes: tuple[int, int, int]
    answer: str
    answer_reasons: str
    owner: str
    due_on: date | None


RECOMMENDATIONS = (
    Recommendation(
        "Yksi yhteinen tila joka pitäjään",
        "Ylikaarnaan, Saarenpäähän ja Vanhakirkkoon jää tai hankitaan yksi esteetön tila, jossa "
        "ovat omatoimikirjasto, nuorten ilta ja liikuntavuorot. Tila voi olla kaupungin, "
        "seurakunnan tai yrityksen.",
        "Kolme vajaata tilaa maksaa enemmän kuin yksi, jota käytetään joka päivä.",
        (26, 1, 1),
        "partly",
        "Ylikaarnan ja Saarenpään tilat avataan vuonna 2028. Vanhakirkosta tehdään selvitys.",
        "Tilapalvelut",
        date(2027, 11, 30),
    ),
    Recommendation(
        "Tyhjien koulujen kohtalo ratkaistaan vuodessa",
        "Jokaisesta koulusta tehdään julkinen laskelma: myynti, vuokraus, purku tai uusi käyttö. "
        "Kyläyhdistyksellä on oikeus tehdä tarjous ensin.",
        "Tyhjä talo maksaa lämmityksen ja vie kylältä uskon siihen, että jotain tapahtuu.",
        (24, 2, 2),
        "implemented",
        "Laskelmat tehdään ja julkaistaan. Etuosto-oikeutta ei voida luvata.",
        "Kaupunkikehityslautakunta",
        date(2028, 3, 31),
    ),
    Recommendation(
        "Kirjastoauto ja palvelukyyti samaan aikatauluun",
        "Kirjastoauton pysäkki ja asiointikyyti tulevat samaan aikaan samaan paikkaan vähintään "
        "joka toinen viikko.",
        "Yhdellä matkalla hoituu kaksi asiaa, eikä kumpikaan kulje tyhjänä.",
        (28, 0, 0),
        "implemented",
        "Toteutetaan kokeiluna 1.1.2028 alkaen.",
        "Hyvinvointilautakunta",
        date(2028, 1, 1),
    ),
    Recommendation(
        "Nuorille oma raha",
        "Kunkin alueen nuoret päättävät vuosittain 10 000 euron käytöstä nuorisovaltuuston "
        "ohjeilla.",
        "Nuoret käyttävät sitä, mistä ovat itse päättäneet.",
        (21, 4, 3),
        "studied",
        "Selvitetään talousarvion 2028 yhteydessä.",
        "Sivistyspalvelut",
        date(2027, 10, 31),
    ),
    Recommendation(
        "Palvelut kahdella kielellä ja selkokielellä",
        "Lähipalvelun ajat, ohjeet ja varaukset ovat suomeksi, ruotsiksi ja selkokielellä sekä "
        "verkossa että paperilla.",
        "Palvelua, jota ei löydä tai ymmärrä, ei ole.",
        (27, 0, 1),
        "implemented",
        "Toteutetaan kaikissa lähipalveluissa.",
        "Viestintä",
        date(2027, 12, 31),
    ),
    Recommendation(
        "Keskustan aukioloista voidaan tinkiä",
        "Jos rahat eivät riitä, lyhennetään ensin keskustan palvelupisteen iltoja ennen kuin "
        "pitäjän tila suljetaan.",
        "Keskustassa on muitakin paikkoja, pitäjässä vain yksi.",
        (17, 9, 2),
        "not",
        "Ei toteuteta sellaisenaan: illat ovat keskustan vilkkaimmat. Perustelu ja laskelma "
        "esitetään kaupunginhallituksen päätöksen liitteenä.",
        "Kaupunginhallitus",
        None,
    ),
)

DISSENT = (
    "Keskustan illat ovat monelle vuorotyöläiselle ainoa mahdollisuus. Säästö kohdistuisi niihin, "
    "joilla on vähiten vaihtoehtoja."
)
DISSENT_SIGNED_AS = "Kolme raatilaista"
