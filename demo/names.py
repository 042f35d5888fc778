"""Invented people and places. No place is a part of Stockholm; every address ends in example.se."""

from demo.draws import Draws


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DISTRICT = "Tranlycka"
DOMAIN = "example.se"
FIRST = _words(
    "Alva Amina Anders Annika Arvid Astrid Bengt Birgitta Camilla Dalia Daniel Elif Elin Emil Erik Eva "
    "Farid Fatima Frida Gunilla Gustav Hanna Helena Henrik Ida Ingrid Ismail Jasmin Johan Jonas "
    "Josefin Karin Katarina Kerstin Lars Leila Lena Linnea Lovisa Magnus Malin Maria Marit Mats Mehmet "
    "Mikael Moa Nadia Niklas Olof Patrik Per Petra Rasmus Rebecka Sara Selma Signe Sofia Stina Tariq "
    "Tove Ulrika Viktor Ylva Zeinab Åke Åsa"
)
LAST = _words(
    "Abdi Ahlsten Almfelt Asplid Aydin Backmo Bergviken Björklid Blomsjö Boström Brolund Dahlmo Demir "
    "Edbäck Ekmark Enrot Fagerås Falkmo Forslid Frimark Granfelt Grönmo Hagsjö Haile Hassan Hedlid "
    "Hjortmo Holmås Husberg Isfelt Jönmark Kaya Klintmo Kornås Kvistlund Lagermo Lindås Ljungmark "
    "Lundrot Malmås Moberget Nordlid Norrmo Nyfelt Olofsås Osman Palmrot Qvistmo Renmark Rosenås "
    "Rydlid Salmi Sandmo Sjöfelt Skogrot Solmark Stenås Strandmo Sundlid Svärdmo Tallrot Tegmark "
    "Thorås Tunmo Ulvlid Vallmark Videgren Vikmo Westrot Yusuf Åkermo Ängfelt Öbrink"
)
PLACE_FIRST = _words(
    "Ask Brant Ekorr Fjär Grå Gull Hassel Hjort Humle Häll Klock Korp Kvarn Lind Ljung Lo Lärk Mård "
    "Mån Orr Rim Räv Rönn Skata Sten Sval Sälg Tall Tran Ugg Vild Åker"
)
PLACE_LAST = _words("lycka mora hult sala kulla tofta vad hed ryd skog gläntan stigen röset tjärn boda ås")
_ASCII = str.maketrans("åäöé", "aaoe")


def place(order: int) -> str:
    """Return an invented place for the unit of this index; 512 are different, later ones are numbered.

    Steps of 7 and 5 are coprime to the lists' lengths, so neighbours in the register don't sound alike.
    """
    lap, spot = divmod(order, len(PLACE_FIRST) * len(PLACE_LAST))
    turn, step = divmod(spot, len(PLACE_FIRST))
    first = PLACE_FIRST[step * 7 % len(PLACE_FIRST)]
    last = PLACE_LAST[(step + turn) * 5 % len(PLACE_LAST)]
    return f"{first}{last}" + (f" {lap + 1}" if lap else "")


def address(name: str) -> str:
    """Return a person's address: `Åsa Lindås` has asa.lindas@example.se."""
    return f"{name.lower().translate(_ASCII).replace(' ', '.')}@{DOMAIN}"


class People:
    """Hands out people, never the same name twice, in the same order for a seed."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._taken: set[str] = set()

    def next(self) -> str:
        """Return a new person's name. There are some five thousand, more than `generate` ever asks for."""
        name = self._draw()
        while name in self._taken:
            name = self._draw()
        self._taken.add(name)
        return name

    def _draw(self) -> str:
        return f"{self._draws.pick(FIRST)} {self._draws.pick(LAST)}"
