"""Import people of the register, AGDREF, from JSON Lines (format: docs/referentiels.md)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from referentiels import importation, pays
from referentiels.agdref import normaliser
from referentiels.importation import Bilan, LigneRefusee, Refus
from referentiels.models import DocumentAgdref, PersonneAgdref

NUMERO_ETRANGER = re.compile(r"\d{10}", re.ASCII)
NUMERO = re.compile(r"[0-9A-Z]{1,20}", re.ASCII)
TELEPHONE = re.compile(r"\+?[0-9 ]{1,21}", re.ASCII)
CLES_ADRESSE = {"ligne": 200, "complement": 200, "code_postal": 5, "code_insee": 5, "commune": 80}
CLES_DOCUMENT = {"nature", "type", "numero", "debut", "fin", "mention", "remis"}
TEXTES = {"nom_usage": 120, "ville_naissance": 120, "remarque": 200}
DATES = ["date_naissance_protege", "date_demande_asile_protege", "date_mariage", "residence_reguliere_depuis"]
CHOIX = {
    "situation_familiale": PersonneAgdref.SituationFamiliale,
    "statut": PersonneAgdref.Statut,
    "lien": PersonneAgdref.Lien,
}
STATUTS_DU_PROTEGE = ["refugie", "protection_subsidiaire", "apatride"]
CLES = {
    "numero_etranger", "numero_visa", "nom", "prenoms", "sexe", "date_naissance", "pays_naissance",
    "nationalite", "etat_civil_ofpra", "adresse", "telephone", "fictive", "documents", "statut_du_protege",
    *TEXTES, *DATES, *CHOIX,
}  # fmt: skip
# A constant of ours: two imports at once wait for each other, lot by lot.
VERROU = 735_002


def importer_personnes(lues: Iterator[tuple[int, bytes | None]], *, au: date) -> Bilan:
    """Import the lines of `importation.lignes_du_fichier`; a line is the whole of what is known of a person.

    A person known by one of its numbers is replaced with its documents, else created; a number that the
    line does not give is kept. `au` is today in Paris: nobody is born after it.
    """
    codes_pays = {code for code, _ in pays.pays()}
    codes_nationalite = {code for code, _ in pays.nationalites()}

    def lire(texte: str) -> tuple[PersonneAgdref, list[DocumentAgdref]]:
        return _lire(importation.objet_json(texte), au, codes_pays, codes_nationalite)

    return importation.par_lots(lues, lire, _ecrire)


def _lire(
    objet: dict[str, Any], au: date, codes_pays: set[str], codes_nationalite: set[str]
) -> tuple[PersonneAgdref, list[DocumentAgdref]]:
    importation.cles_connues(objet, CLES)
    numero_etranger = normaliser(importation.texte(objet, "numero_etranger", longueur=30))
    if numero_etranger and not NUMERO_ETRANGER.fullmatch(numero_etranger):
        raise Refus("« numero_etranger » doit avoir 10 chiffres")
    numero_visa = _numero(objet, "numero_visa")
    if not (numero_etranger or numero_visa):
        raise Refus("il faut « numero_etranger » ou « numero_visa »")
    telephone = importation.texte(objet, "telephone", longueur=22)
    if telephone and not TELEPHONE.fullmatch(telephone):
        raise Refus("« telephone » doit contenir des chiffres, avec un + devant si besoin")
    personne = PersonneAgdref(
        numero_etranger=numero_etranger or None,
        numero_visa=numero_visa or None,
        nom=importation.texte(objet, "nom", longueur=120, obligatoire=True),
        prenoms=_prenoms(objet),
        sexe=importation.choix(objet, "sexe", PersonneAgdref.Sexe.values, obligatoire=True),
        date_naissance=importation.naissance(objet, "date_naissance", au=au),
        pays_naissance=_code(objet, "pays_naissance", codes_pays),
        nationalite=_code(objet, "nationalite", codes_nationalite),
        etat_civil_ofpra=importation.booleen(objet, "etat_civil_ofpra", defaut=False),
        fictive=importation.booleen(objet, "fictive", defaut=False),
        adresse=_adresse(objet),
        statut_du_protege=importation.choix(objet, "statut_du_protege", STATUTS_DU_PROTEGE),
        telephone=telephone,
        **{cle: importation.texte(objet, cle, longueur=n) for cle, n in TEXTES.items()},
        **{cle: importation.jour(objet, cle) for cle in DATES},
        **{cle: importation.choix(objet, cle, valeurs.values) for cle, valeurs in CHOIX.items()},
    )
    documents = objet.get("documents")
    if documents is None:
        documents = []
    if not isinstance(documents, list) or not all(isinstance(d, dict) for d in documents):
        raise Refus("« documents » doit être une liste d’objets")
    lus = [_document(d) for d in documents]
    if len({(d.nature, d.numero, d.debut, d.fin) for d in lus}) < len(lus):
        raise Refus("un document est écrit deux fois")
    return personne, lus


def _numero(objet: dict[str, Any], cle: str) -> str:
    numero = normaliser(importation.texte(objet, cle, longueur=40))
    if numero and not NUMERO.fullmatch(numero):
        raise Refus(f"« {cle} » doit avoir au plus 20 lettres et chiffres")
    return numero


def _prenoms(objet: dict[str, Any]) -> list[str]:
    prenoms = objet.get("prenoms")
    if prenoms is None:
        return []
    if not isinstance(prenoms, list) or len(prenoms) > 20:
        raise Refus("« prenoms » doit être une liste de 20 textes au plus")
    return [importation.texte({"prenoms": p}, "prenoms", longueur=60, obligatoire=True) for p in prenoms]


def _code(objet: dict[str, Any], cle: str, codes: set[str]) -> str:
    code = importation.texte(objet, cle, longueur=2)
    if code and code not in codes:
        raise Refus(f"« {cle} » n’est pas un code de pays connu")
    return code


def _adresse(objet: dict[str, Any]) -> dict[str, str] | None:
    adresse = objet.get("adresse")
    if adresse is None:
        return None
    if not isinstance(adresse, dict):
        raise Refus("« adresse » doit être un objet")
    importation.cles_connues(adresse, set(CLES_ADRESSE))
    lue = {cle: importation.texte(adresse, cle, longueur=n) for cle, n in CLES_ADRESSE.items()}
    if lue["code_postal"] and not re.fullmatch(r"\d{5}", lue["code_postal"], re.ASCII):
        raise Refus("« code_postal » doit avoir 5 chiffres")
    return lue


def _document(objet: dict[str, Any]) -> DocumentAgdref:
    importation.cles_connues(objet, CLES_DOCUMENT)
    nature = importation.choix(objet, "nature", DocumentAgdref.Nature.values, obligatoire=True)
    type_ = importation.choix(objet, "type", DocumentAgdref.Type.values)
    if bool(type_) != (nature == DocumentAgdref.Nature.TITRE):
        raise Refus("« type » est demandé pour un titre, et seulement pour un titre")
    debut = importation.jour(objet, "debut", obligatoire=True)
    fin = importation.jour(objet, "fin", obligatoire=True)
    if debut and fin and fin < debut:
        raise Refus("« fin » vient avant « debut »")
    mention = importation.texte(objet, "mention", longueur=150)
    if nature == DocumentAgdref.Nature.RECEPISSE and mention not in DocumentAgdref.MENTIONS_RECEPISSE:
        raise Refus("« mention » d’un récépissé doit être reconnu_refugie ou protection_subsidiaire")
    return DocumentAgdref(
        nature=nature, type=type_, numero=_numero(objet, "numero"), debut=debut, fin=fin, mention=mention,
        remis=importation.booleen(objet, "remis", defaut=True),
    )  # fmt: skip


def _ecrire(lot: list[tuple[int, tuple[PersonneAgdref, list[DocumentAgdref]]]]) -> list[LigneRefusee]:
    """Write one lot in one transaction, in the order of the file: the last line on a person wins."""
    refusees: list[LigneRefusee] = []
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        numeros = {p.numero_etranger for _, (p, _) in lot} - {None}
        visas = {p.numero_visa for _, (p, _) in lot} - {None}
        connues = PersonneAgdref.objects.filter(Q(numero_etranger__in=numeros) | Q(numero_visa__in=visas))
        par_numero = {p.numero_etranger: p for p in connues if p.numero_etranger}
        par_visa = {p.numero_visa: p for p in connues if p.numero_visa}
        documents: dict[int, list[DocumentAgdref]] = {}
        retenues: dict[int, PersonneAgdref] = {}
        for numero, (personne, lus) in lot:
            ancienne = par_numero.get(personne.numero_etranger) or par_visa.get(personne.numero_visa)
            autre = par_visa.get(personne.numero_visa)
            if autre is not None and autre is not ancienne:
                refusees.append(LigneRefusee(numero, "ces deux numéros sont ceux de deux personnes"))
                continue
            if ancienne is not None and _contredit(ancienne.numero_etranger, personne.numero_etranger):
                refusees.append(LigneRefusee(numero, "ce visa est celui d’un autre numéro étranger"))
                continue
            retenue = _fondre(ancienne, personne)
            retenues[id(retenue)] = retenue
            documents[id(retenue)] = lus
            if retenue.numero_etranger:
                par_numero[retenue.numero_etranger] = retenue
            if retenue.numero_visa:
                par_visa[retenue.numero_visa] = retenue
        _enregistrer(retenues, documents)
    return refusees


def _contredit(connu: str | None, dit: str | None) -> bool:
    return bool(connu and dit and connu != dit)


def _fondre(ancienne: PersonneAgdref | None, nouvelle: PersonneAgdref) -> PersonneAgdref:
    """Put what the line says into the known row; a number that the line does not give is kept."""
    if ancienne is None:
        return nouvelle
    for champ in _champs():
        setattr(ancienne, champ, getattr(nouvelle, champ))
    ancienne.numero_etranger = nouvelle.numero_etranger or ancienne.numero_etranger
    ancienne.numero_visa = nouvelle.numero_visa or ancienne.numero_visa
    return ancienne


def _enregistrer(retenues: dict[int, PersonneAgdref], documents: dict[int, list[DocumentAgdref]]) -> None:
    # A visa that moved to a new number must be free before another row takes it: updates come first.
    anciennes = [p for p in retenues.values() if p.pk]
    PersonneAgdref.objects.bulk_update(anciennes, [*_champs(), "numero_etranger", "numero_visa"])
    DocumentAgdref.objects.filter(personne__in=anciennes).delete()
    PersonneAgdref.objects.bulk_create([p for p in retenues.values() if not p.pk])
    for cle, personne in retenues.items():
        for document in documents[cle]:
            document.personne = personne
    DocumentAgdref.objects.bulk_create([d for lus in documents.values() for d in lus])


def _champs() -> list[str]:
    identite = {"id", "numero_etranger", "numero_visa"}
    return [champ.name for champ in PersonneAgdref._meta.concrete_fields if champ.name not in identite]
