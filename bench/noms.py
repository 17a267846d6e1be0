"""Invented names by the hundred thousand: syllables of the languages that refugees speak, as frequent as names are.

A few families bear the same name as thousands of others (Zipf), three in ten have one that few bear: at a million
people, some two hundred thousand different words, as in a real register. Some keep their own alphabet. None exists.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from demandes.recherche import plier


@dataclass(frozen=True)
class Langue:
    """How the names of a language are made: first halves and second halves of family names, given names."""

    pays: str
    poids: int
    debuts: Sequence[str]
    fins: Sequence[str]
    prenoms: Sequence[str]


def _mots(texte: str) -> list[str]:
    return texte.replace("_", " ").split(",")


LANGUES = (
    Langue(
        "AF", 30,
        _mots("Ahmad,Mohammad,Rahim,Karim,Haïdar,Noor,Safi,Popal,Stanek,Hotak,Sher,Gul,Amir,Rasoul,Nazar,Qader"),
        _mots("i,zaï,zada,yar,khil,pour,ullah,uddin,-Yar,wal,ian,mand,_Khan,_Agha"),
        _mots("Mohammad,Ahmad,Farhâd,Ûmid,Zahra,Fatema,Marwa,Sayed,Ali,Reza,Nasrin,Jawad,Habib,Shabnam,Wahid"),
    ),
    Langue(
        "SY", 14,
        _mots("Al-Hass,Al-Huss,Al-Khal,Ibrah,Khal,Hadd,Al-Mahm,Darw,Al-Sal,Abd_el-Rah,Naj,Chah,Al-Kass,Tah"),
        _mots("an,ein,il,im,ed,ad,oud,ich,eh,man,jar,ine,ab,er"),
        _mots("Mohamed,Ahmed,Omar,Fatima,Aïcha,Khaled,Mariam,Youssef,Hala,Rima,Bassel,Nour,Samer,Lina"),
    ),
    Langue(
        "LK", 8,
        _mots("Siva,Raja,Kumara,Thiru,Bala,Sella,Kana,Vija,Thava,Pathma,Rama,Jeya,Arul,Nava"),
        _mots("nathan,rajah,lingam,kumar,singam,thurai,ratnam,moorthy,valli,sundaram,pillai,kanthan"),
        _mots("Suthan,Nirosha,Kavitha,Pradeep,Tharsan,Sinthuja,Mathan,Vasanthy,Jeevan,Dilani"),
    ),
    Langue(
        "BD", 9,
        _mots("Rah,Hoss,Chow,Tal,Mi,Uddin_,Bar,Sik,Mond,Sar,Kaz,Akh,Beg,Isl"),
        _mots("man,ain,dhury,ukdar,ah,ua,der,al,kar,i,ter,um,am"),
        _mots("Md,Mohammed,Abdul,Nasima,Shahida,Rafiqul,Kamrul,Taslima,Jahangir,Sumaiya,Rubel"),
    ),
    Langue(
        "CD", 12,
        _mots("Mu,Ka,Ngo,Tshi,Lu,Ki,Ma,Ndo,Bo,Mbu,Ilu,Nga"),
        _mots("lumba,bongo,sekedi,kabala,mwanga,tombo,yembe,longo,nkulu,dianga,pemba,kanza,tala"),
        _mots("Jean,Marie-Claire,Grâce,Patrick,Béatrice,Dieudonné,Chancelle,Trésor,Hervé,Joséphine"),
    ),
    Langue(
        "ER", 8,
        _mots("Tekle,Gebre,Haile,Kidane,Woldé,Tesfa,Habte,Fesse,Ghirma,Araya,Berhe,Zer'"),
        _mots("mariam,selassie,mikael,giorgis,yohannes,ab,haye,zion,medhin,_Tsegaye,_Abraha"),
        _mots("Yonas,Selam,Dawit,Rahel,Filmon,Merhawi,Senait,Bereket,Abeba,Samuel"),
    ),
    Langue(
        "TR", 6,
        _mots("Yıl,Öz,Kaya,Demir,Şah,Çel,Ak,Gün,Kılıç,Doğ"),
        _mots("maz,türk,oğlu,kan,in,ik,gül,eş,daş,soy"),
        _mots("Mehmet,Ayşe,Çiğdem,Hüseyin,Gülşen,Emrah,Zeynep,Uğur"),
    ),
    Langue(
        "UA", 5,
        _mots("Шевч,Ковал,Бондар,Петр,Ткач,Кравч,Олій,Мороз,Лис,Гриц"),
        _mots("енко,чук,ко,ук,ський,ишин,ець,юк"),
        _mots("Олена,Іван,Наталія,Сергій,Оксана,Андрій,Ірина"),
    ),
    Langue(
        "GE", 4,
        _mots("Berid,Lomid,Kapan,Gogol,Mchedl,Kvar,Tsikl,Javakh"),
        _mots("ze,ashvili,adze,aia,ishvili,elia,auri,ani"),
        _mots("Giorgi,Nino,Levan,Tamar,Irakli,Mariam,Zurab"),
    ),
    Langue(
        "IQ", 4,
        _mots("الح,الخ,عبد,العب,الج,مح,الك"),
        _mots("سين,ليل,الله,يدي,بوري,مود,اظمي,سني"),
        _mots("محمد,فاطمة,علي,زينب,حسن,مريم"),
    ),
)  # fmt: skip


# The share of people whose family name is rare.
RARES = 0.3


@dataclass(frozen=True)
class Personne:
    """A name as the register writes it, and as the search folds it."""

    nom: str
    prenoms: tuple[str, ...]
    pays: str
    plie: str


class Registre:
    """Draws people: always the same for the same `graine`."""

    def __init__(self, graine: int) -> None:
        self.hasard = random.Random(graine)
        self._langues = list(accumulate(langue.poids for langue in LANGUES))
        self._noms = {langue.pays: self._familles(langue) for langue in LANGUES}
        self._syllabes = {
            langue.pays: [
                morceau.lower()
                for mot in [*langue.debuts, *langue.fins]
                for morceau in re.findall(r"\w{2,3}", mot)
            ]
            for langue in LANGUES
        }
        self._poids = {
            pays: list(accumulate(1 / (10 + rang) for rang in range(len(noms))))
            for pays, noms in self._noms.items()
        }

    def _familles(self, langue: Langue) -> list[tuple[str, str]]:
        """(family name, folded) of the known names of a language, the most borne first."""
        noms = [f"{debut}{fin}" for debut, fin in product(langue.debuts, langue.fins)]
        self.hasard.shuffle(noms)
        return [_ecrit(nom) for nom in noms]

    def _rare(self, langue: Langue) -> tuple[str, str]:
        """A name of three or four syllables of the language, that few bear or nobody else."""
        return _ecrit(
            "".join(self.hasard.choices(self._syllabes[langue.pays], k=self.hasard.choice((3, 3, 4))))
        )

    def tirer(self) -> Personne:
        langue = self.hasard.choices(LANGUES, cum_weights=self._langues)[0]
        if self.hasard.random() < RARES:
            nom, nom_plie = self._rare(langue)
        else:
            noms = self._noms[langue.pays]
            nom, nom_plie = self.hasard.choices(noms, cum_weights=self._poids[langue.pays])[0]
        prenoms = tuple(
            dict.fromkeys(self.hasard.choices(langue.prenoms, k=self.hasard.choice((1, 1, 2, 2, 3))))
        )
        return Personne(nom, prenoms, langue.pays, f"{nom_plie} {plier(' '.join(prenoms))}")


def _ecrit(nom: str) -> tuple[str, str]:
    """(the name as the register writes it, folded)."""
    net = nom.strip(" -").upper()
    return net, plier(net)
