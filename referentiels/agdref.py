"""The register of foreigners, AGDREF: what it knows of a person and of the documents held (spec, part 12)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string

from referentiels.corrections import Corrections, CorrectionsLocales

# Rows read at once where the register may have very many.
LOT = 500


@dataclass(frozen=True)
class DocumentConnu:
    """A document of a person of the register.

    `nature` is titre, recepisse, atda, visa or dcem. `type` is carte_resident, csp_bps, csp_famille_bps,
    cst or autre for a titre, "" for the rest. `mention` is the text of the card; for a récépissé it is the
    code reconnu_refugie or protection_subsidiaire. `remis` is False for a permit that was never handed over.
    `titulaire` is the identifier to give to `Agdref.personne` to know its holder.
    """

    nature: str
    type: str
    numero: str
    debut: date
    fin: date
    mention: str = ""
    remis: bool = True
    titulaire: str = ""


@dataclass(frozen=True)
class PersonneConnue:
    """A person of the register; "" and None mean that the register does not know.

    `date_naissance` is "YYYY-MM-DD", an unknown month or day being "00". `statut` is refugie,
    protection_subsidiaire, apatride, membre_famille, autre or "". `adresse` has the keys ligne, complement,
    code_postal, code_insee and commune. `etat_civil_ofpra` says that OFPRA has rebuilt the civil status.
    """

    numero_etranger: str
    numero_visa: str
    nom: str
    nom_usage: str
    prenoms: tuple[str, ...]
    sexe: str
    date_naissance: str
    ville_naissance: str
    pays_naissance: str
    nationalite: str
    situation_familiale: str
    statut: str
    lien: str
    statut_du_protege: str
    date_naissance_protege: date | None
    date_demande_asile_protege: date | None
    date_mariage: date | None
    residence_reguliere_depuis: date | None
    etat_civil_ofpra: bool
    adresse: dict[str, str] | None
    telephone: str
    documents: tuple[DocumentConnu, ...] = field(default=())

    @property
    def identifiant(self) -> str:
        """The numéro étranger, or the visa number of a person who has no other."""
        return self.numero_etranger or self.numero_visa

    @property
    def titre_detenu(self) -> DocumentConnu | None:
        """The permit that ends last, expired or not, handed over or not."""
        return self._dernier("titre")

    @property
    def recepisse(self) -> DocumentConnu | None:
        """The récépissé that ends last, expired or not."""
        return self._dernier("recepisse")

    @property
    def document_de_sejour(self) -> DocumentConnu | None:
        """The document that allows the stay and ends last: permit, récépissé or visa, expired or not.

        A permit that was never handed over is in nobody's hands.
        """
        return self._dernier("titre", "recepisse", "visa", remis=True)

    def document_en_cours(self, nature: str, le: date) -> DocumentConnu | None:
        """The document of that nature in force on `le`, the one that ends last."""
        en_cours = [d for d in self.documents if d.nature == nature and d.debut <= le <= d.fin]
        return max(en_cours, key=lambda d: (d.fin, d.debut), default=None)

    def _dernier(self, *natures: str, remis: bool = False) -> DocumentConnu | None:
        choix = [d for d in self.documents if d.nature in natures and (d.remis or not remis)]
        return max(choix, key=lambda d: (d.fin, d.debut), default=None)


@dataclass(frozen=True)
class TitreDelivre:
    """A permit handed over by the portal's agents, for the register.

    `civil` has the keys nom, nom_usage, prenoms, sexe, date_naissance, ville_naissance, pays_naissance and
    nationalite; it serves where the register does not know the person yet. The rest is as in `DocumentConnu`
    and `PersonneConnue`.
    """

    numero_etranger: str
    numero_visa: str
    type: str
    numero: str
    debut: date
    fin: date
    mention: str
    civil: dict[str, Any]
    statut: str
    lien: str
    statut_du_protege: str


@dataclass(frozen=True)
class FinDeTitre:
    """A permit that ends, for its holder the last one: nobody has handed over another that ends later."""

    numero_etranger: str
    numero_visa: str
    type: str
    debut: date
    fin: date

    @property
    def beneficiaire(self) -> str:
        """The holder's numéro étranger, or the visa number of who has no other."""
        return self.numero_etranger or self.numero_visa


class Agdref(Corrections, Protocol):
    """What the portal asks of the register. An implementation over HTTP raises `AgdrefIndisponible`."""

    def personne(self, identifiant: str) -> PersonneConnue | None:
        """The person whose numéro étranger or visa number this is, else None."""

    def document(self, *, identifiant: str, debut: date, fin: date) -> DocumentConnu | None:
        """The document with exactly these first and last days of validity, else None.

        `identifiant` is its holder's numéro étranger or visa number, or the document's own number.
        """

    def titres_finissant(self, *, du: date, au: date) -> Iterator[FinDeTitre]:
        """The permits handed over whose last day is between `du` and `au`, both included; read as they come."""

    def enregistrer_titre(self, titre: TitreDelivre) -> None:
        """Note a permit that was handed over; again with the same one changes nothing."""


class AgdrefIndisponible(Exception):
    """The register did not answer."""


def normaliser(saisie: str) -> str:
    """Give the form in which numbers are kept: no spaces, dots or dashes, capitals."""
    return "".join(c for c in saisie if c not in ".-‐‑–" and not c.isspace()).upper()


class AgdrefLocal(CorrectionsLocales):
    """The register kept in our own database, filled by `importer_agdref`."""

    def personne(self, identifiant: str) -> PersonneConnue | None:
        from referentiels.models import PersonneAgdref

        numero = normaliser(identifiant)
        if not _cherchable(numero):
            return None
        ligne = (
            PersonneAgdref.objects.filter(Q(numero_etranger=numero) | Q(numero_visa=numero))
            .prefetch_related("documents")
            .order_by("pk")
            .first()
        )
        return _personne_connue(ligne) if ligne else None

    def document(self, *, identifiant: str, debut: date, fin: date) -> DocumentConnu | None:
        from referentiels.models import DocumentAgdref

        numero = normaliser(identifiant)
        if not _cherchable(numero):
            return None
        ligne = (
            DocumentAgdref.objects.filter(debut=debut, fin=fin)
            .filter(Q(numero=numero) | Q(personne__numero_etranger=numero) | Q(personne__numero_visa=numero))
            .select_related("personne")
            .order_by("pk")
            .first()
        )
        return _document_connu(ligne) if ligne else None

    def titres_finissant(self, *, du: date, au: date) -> Iterator[FinDeTitre]:
        from referentiels.models import DocumentAgdref

        remis = DocumentAgdref.objects.filter(nature=DocumentAgdref.Nature.TITRE, remis=True)
        suivants = remis.filter(personne=OuterRef("personne"), fin__gt=OuterRef("fin"))
        finissant = remis.filter(~Exists(suivants), fin__range=(du, au)).order_by("fin", "pk")
        champs = ("personne__numero_etranger", "personne__numero_visa", "type", "debut", "fin")
        for numero_etranger, numero_visa, *titre in finissant.values_list(*champs).iterator(LOT):
            yield FinDeTitre(numero_etranger or "", numero_visa or "", *titre)

    def enregistrer_titre(self, titre: TitreDelivre) -> None:
        from referentiels.operations.enregistrer_titre import enregistrer_titre

        enregistrer_titre(titre)


def service() -> Agdref:
    """The register in use, chosen by the setting SERVICE_AGDREF."""
    return import_string(settings.SERVICE_AGDREF)()


def _cherchable(numero: str) -> bool:
    """Whether PostgreSQL can be asked: it knows no NUL and no lone surrogate, and "" is nobody's number."""
    return numero.isascii() and numero.isalnum()


def _document_connu(ligne) -> DocumentConnu:
    return DocumentConnu(
        nature=ligne.nature, type=ligne.type, numero=ligne.numero, debut=ligne.debut, fin=ligne.fin,
        mention=ligne.mention, remis=ligne.remis, titulaire=str(ligne.personne),
    )  # fmt: skip


def _personne_connue(ligne) -> PersonneConnue:
    documents = sorted(ligne.documents.all(), key=lambda d: (d.debut, d.fin, d.pk))
    return PersonneConnue(
        numero_etranger=ligne.numero_etranger or "",
        numero_visa=ligne.numero_visa or "",
        nom=ligne.nom,
        nom_usage=ligne.nom_usage,
        prenoms=tuple(ligne.prenoms),
        sexe=ligne.sexe,
        date_naissance=ligne.date_naissance,
        ville_naissance=ligne.ville_naissance,
        pays_naissance=ligne.pays_naissance,
        nationalite=ligne.nationalite,
        situation_familiale=ligne.situation_familiale,
        statut=ligne.statut,
        lien=ligne.lien,
        statut_du_protege=ligne.statut_du_protege,
        date_naissance_protege=ligne.date_naissance_protege,
        date_demande_asile_protege=ligne.date_demande_asile_protege,
        date_mariage=ligne.date_mariage,
        residence_reguliere_depuis=ligne.residence_reguliere_depuis,
        etat_civil_ofpra=ligne.etat_civil_ofpra,
        adresse=dict(ligne.adresse) if ligne.adresse else None,
        telephone=ligne.telephone,
        documents=tuple(_document_connu(d) for d in documents),
    )
