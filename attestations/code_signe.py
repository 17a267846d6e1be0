"""From frozen data to the signed text of their 2D-Doc (R-ATT-2, standard §7.5 and §8.5)."""

import re
from collections.abc import Iterator
from datetime import date

from attestations.deuxddoc import champs, message
from attestations.deuxddoc.ecriture import encoder, encoder_prenoms
from attestations.deuxddoc.entete import Entete
from attestations.deuxddoc.jours import jjmmaaaa
from attestations.deuxddoc.message import Valeur
from attestations.deuxddoc.signature import US, en_base32, signature_valide
from attestations.deuxddoc.symbole import tient
from attestations.donnees import ADF, APD, CONFIRMATION_DEPOT, DonneesAttestation
from attestations.erreurs import SignatureImpossible
from attestations.presentation import PARIS
from attestations.signataires import Signataire

DOCUMENTS = {
    CONFIRMATION_DEPOT: champs.DEPOT,
    APD: champs.PROLONGATION,
    ADF: champs.DECISION_FAVORABLE,
}
AUTORISE, N_AUTORISE_PAS = "AUTORISE A TRAVAILLER", "NE PERMET PAS DE TRAVAILLER"
# « carte de résident de 10 ans, famille »: the category is the permit, not how long it lasts.
DUREE = re.compile(r"[ ,]*\b(?:de |d['’])?(?:[0-9]+|un) ans?\b", re.IGNORECASE)
PAYS_INDETERMINE = "XX"
PAYS_DE_L_ADRESSE = "FR"
CODE_POSTAL_ABSENT = " " * 5
LONGUEUR_VISA = 12
# A signature of P-256 in Base32.
SIGNATURE_A_VENIR = US + "A" * 103


def signer(donnees: DonneesAttestation, signataire: Signataire, le: date) -> str:
    """The whole text of the code, signed on day `le` (in Paris). Raises SignatureImpossible."""
    certificat = signataire.certificat
    emise_le = donnees.emise_le or donnees.deposee_le
    entete = Entete(
        autorite=certificat.autorite,
        certificat=certificat.identifiant,
        emis_le=emise_le.astimezone(PARIS).date(),
        signe_le=le,
        type_document=champs.TYPE_DOCUMENT_ETRANGER,
        perimetre=champs.PERIMETRE,
    )
    texte = entete.texte() + composer(donnees)
    signature = signataire.signer(texte.encode("ascii"))
    # A token that signs with another key than its certificate's would print documents that nobody can verify.
    if not signature_valide(certificat.cle_publique, texte.encode("ascii"), signature):
        raise SignatureImpossible("la signature n’est pas celle du certificat")
    return texte + US + en_base32(signature)


def composer(donnees: DonneesAttestation) -> str:
    """The message: every mandatory field, then the others while the symbol has room (§11.3)."""
    valeurs = list(_obligatoires(donnees))
    for facultative in _facultatives(donnees):
        if tient("X" * 26 + message.ecrire([*valeurs, facultative]) + SIGNATURE_A_VENIR):
            valeurs.append(facultative)
    return message.ecrire(valeurs)


def _obligatoires(donnees: DonneesAttestation) -> Iterator[Valeur]:
    """In the order of the standard's own example (§16.2.1)."""
    depot = donnees.deposee_le.astimezone(PARIS).date()
    annee, mois, jour = donnees.date_naissance.split("-")
    voie = donnees.adresse.lignes[-1] if donnees.adresse.lignes else ""
    code_postal = donnees.adresse.code_postal
    yield Valeur("6J", DOCUMENTS[donnees.type])
    yield Valeur("6K", donnees.numero)
    yield Valeur("6L", jjmmaaaa(depot))
    yield Valeur("6P", AUTORISE if donnees.droits.travail else N_AUTORISE_PAS)
    yield Valeur("6Q", donnees.numero_etranger)
    yield encoder("62", donnees.nom)
    yield encoder("63", donnees.nom_usage)
    yield encoder_prenoms(donnees.prenoms)
    yield Valeur("68", donnees.sexe)
    yield Valeur("69", f"{jour}{mois}{annee}")
    yield encoder("6A", donnees.ville_naissance)
    yield Valeur("6C", _pays(donnees.pays_naissance))
    yield Valeur("67", _pays(donnees.nationalite))
    yield encoder("6U", voie)
    yield Valeur("6W", code_postal if re.fullmatch("[0-9]{5}", code_postal) else CODE_POSTAL_ABSENT)
    yield encoder("6X", donnees.adresse.commune)


def _facultatives(donnees: DonneesAttestation) -> Iterator[Valeur]:
    """The most useful first: the last ones are left out where there is no room."""
    if donnees.numero_visa and not donnees.numero_etranger:
        visa = encoder("66", donnees.numero_visa)
        # 6R takes twelve characters, no more and no less; 66 takes the number of any document.
        yield Valeur("6R", visa.texte) if len(visa.texte) == LONGUEUR_VISA else visa
    # A confirmation is not valid from one day to another: it proves one.
    if donnees.type != CONFIRMATION_DEPOT:
        yield Valeur("6N", jjmmaaaa(donnees.debut))
    if donnees.fin is not None:
        yield Valeur("6O", jjmmaaaa(donnees.fin))
    yield Valeur("6Y", PAYS_DE_L_ADRESSE)
    yield encoder("6M", DUREE.sub("", donnees.titre))
    *complements, _voie = donnees.adresse.lignes or ("",)
    if complements:
        yield encoder("6S", complements[0])
    if len(complements) > 1:
        yield encoder("6T", " ".join(complements[1:]))


def _pays(code: str) -> str:
    return code if re.fullmatch("[A-Z]{2}", code) else PAYS_INDETERMINE
