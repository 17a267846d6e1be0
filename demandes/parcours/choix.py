"""The choices of the steps: the rules' codes with the words that people read."""

from django.utils.translation import gettext_lazy as _

from demandes.regles.faits import Lien, Nature, Statut, StatutProtege

POUR = [
    ("moi", _("Pour moi")),
    ("enfant", _("Pour mon enfant mineur, ou un enfant dont je suis le représentant légal")),
]
STATUTS = [
    (Statut.REFUGIE, _("Réfugié : l’OFPRA ou la CNDA a reconnu le statut de réfugié")),
    (Statut.PROTECTION_SUBSIDIAIRE, _("Bénéficiaire de la protection subsidiaire")),
    (Statut.MEMBRE_FAMILLE, _("Membre de la famille d’une personne protégée")),
    (Statut.APATRIDE, _("Apatride")),
    (Statut.AUTRE, _("Aucune de ces situations")),
]
LIENS = [
    (Lien.CONJOINT, _("Époux, épouse, partenaire ou concubin")),
    (Lien.ENFANT, _("Enfant")),
    (Lien.ASCENDANT, _("Père ou mère")),
]
STATUTS_DU_PROTEGE = [
    (StatutProtege.REFUGIE, _("Réfugiée")),
    (StatutProtege.PROTECTION_SUBSIDIAIRE, _("Bénéficiaire de la protection subsidiaire")),
    (StatutProtege.APATRIDE, _("Apatride")),
]
NATURES = [
    (Nature.PREMIERE, _("Première demande")),
    (Nature.RENOUVELLEMENT, _("Renouvellement")),
]
MOTIFS_PREMIERE = [
    ("statut_change", _("Mon statut a changé depuis ce titre")),
    ("titre_jamais_remis", _("Ce titre ne m’a jamais été remis")),
]
SEXES = [("F", _("Femme")), ("M", _("Homme"))]
SITUATIONS_FAMILIALES = [
    ("celibataire", _("Célibataire")),
    ("marie", _("Marié ou mariée")),
    ("pacse", _("Pacsé ou pacsée")),
    ("concubin", _("En concubinage")),
    ("separe", _("Séparé ou séparée")),
    ("divorce", _("Divorcé ou divorcée")),
    ("veuf", _("Veuf ou veuve")),
]
EN_COUPLE = frozenset({"marie", "pacse", "concubin"})
QUALITES_DU_PARENT = [
    ("mere", _("Mère")),
    ("pere", _("Père")),
    ("representant", _("Représentant légal (tuteur, aide sociale à l’enfance)")),
]
OUI_NON = [("oui", _("Oui")), ("non", _("Non"))]
