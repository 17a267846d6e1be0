"""Codes of the examination and their words: why a pièce, a demande or an action is refused.

Each code has the sentence that the person or the agent reads. Sources: CESEDA and code des relations entre le
public et l'administration (CRPA), as named beside each list.
"""

from django.utils.translation import gettext_lazy as _

# Why a pièce is asked for again (R-INSTR-4; CESEDA R.431-11: the prefecture says what is missing).
MOTIFS_DE_PIECE = {
    "illisible": _("Le document est illisible."),
    "incomplet": _("Il manque des pages ou une partie du document."),
    "perime": _("Le document est trop ancien ou n’est plus valable."),
    "mauvais_document": _("Ce n’est pas le document demandé."),
    "non_traduit": _("Le document n’est pas traduit par un traducteur assermenté."),
    "identite": _("Le document ne porte pas le même nom que la demande."),
    "absent": _("Le document manque."),
    "autre": _("Autre raison, expliquée par la préfecture."),
}

# Why a demande is refused (CRPA L.211-2 and L.211-5: a refusal gives its reasons in law and in fact).
MOTIFS_DE_REFUS = {
    "protection_absente": _("La protection n’est pas établie."),
    "protection_terminee": _("La protection a pris fin (articles L.424-6 et L.424-15 du CESEDA)."),
    "lien_non_etabli": _("Le lien de famille n’est pas établi (articles L.424-3 et L.424-11 du CESEDA)."),
    "conditions_non_remplies": _("Les conditions prévues par la loi pour ce titre ne sont pas remplies."),
    "ordre_public": _("Une menace grave pour l’ordre public (article L.412-5 du CESEDA)."),
    "fraude": _("La demande repose sur un faux document ou une fausse déclaration."),
    "polygamie": _("La personne vit en France en état de polygamie (article L.412-6 du CESEDA)."),
    "autre": _("Autre raison, expliquée par la préfecture."),
}

# Why a demande is closed without a decision (R-INSTR-1).
MOTIFS_DE_CLASSEMENT = {
    "complement_non_recu": _("Le complément demandé n’a pas été envoyé."),
    "sans_objet": _("La demande n’a plus d’objet."),
    "doublon": _("Une autre demande est en cours pour la même personne."),
    "desistement": _("La personne ne veut plus de ce titre."),
    "deces": _("La personne est décédée."),
    "autre": _("Autre raison, expliquée par la préfecture."),
}

# What the trace of a declaration or of a lost mailbox says (demandes.models.Trace).
TRACES = {
    "declarer_titre": _("Déclaration envoyée"),
    "accepter_declaration": _("Déclaration acceptée, registre corrigé"),
    "refuser_declaration": _("Déclaration refusée"),
    "ouvrir_recuperation": _("Demande commencée, code envoyé à la nouvelle adresse"),
    "envoyer_recuperation": _("Nouvelle adresse vérifiée, pièce d’identité envoyée"),
    "accepter_recuperation": _("Nouvelle adresse acceptée"),
    "refuser_recuperation": _("Demande refusée, pièce effacée"),
    "annuler_recuperation": _("Annulée par le titulaire du compte, pièce effacée"),
    "appliquer_recuperation": _("Adresse changée après 72 heures, pièce effacée"),
    "recuperation_sans_objet": _("Sans objet : l’adresse a changé autrement, ou le compte est fermé"),
    "recuperation_sans_suite": _("Refusée sans réponse d’un agent dans les délais, pièce effacée"),
    "consultation": _("Page ouverte"),
    "ouvrir_la_piece": _("Pièce d’identité ouverte"),
}

# Why an action of an agent is refused: what is in the way, and what to do.
ACTIONS_IMPOSSIBLES = {
    "etat": _("Cette action n’est plus possible dans l’état actuel du dossier. Relisez le dossier."),
    "role": _("Votre rôle ne permet pas cette action. Demandez-la à un responsable."),
    "ofpra": _(
        "L’OFPRA n’a pas encore rendu l’état civil : aucune décision n’est possible. Le dossier reste en attente."
    ),
    "statut": _("Le statut déclaré n’est pas vérifié. Vérifiez-le d’abord."),
    "ephoto": _("Le code e-photo n’est pas valable. Demandez-en un nouveau par un complément."),
    "pieces": _("Une pièce obligatoire n’est pas acceptée. Examinez-la ou demandez un complément."),
    "refus_propose": _(
        "Un refus est proposé pour ce dossier. Un responsable doit le confirmer ou le renvoyer."
    ),
    "refus_absent": _("Aucun refus n’attend de confirmation. Relisez le dossier."),
    "meme_personne": _("Vous avez proposé ce refus : une autre personne doit le confirmer."),
    "piece_changee": _(
        "Les fichiers de cette pièce ont changé depuis l’ouverture de la page. Regardez-les à nouveau."
    ),
    "piece_inconnue": _("Cette pièce n’est pas demandée dans ce dossier."),
    "agent_inconnu": _("Cet agent n’appartient pas à la préfecture du dossier. Choisissez-en un autre."),
    "motif": _("Choisissez un motif dans la liste."),
    "phrase": _("Écrivez une phrase pour la personne : elle doit comprendre quoi faire."),
    "aucune_piece": _("Choisissez au moins une pièce à compléter."),
    "dates_du_titre": _(
        "Vérifiez les dates du titre : la fin vient après le début, et la durée ne dépasse pas celle du titre."
    ),
    "numero_du_titre": _("Écrivez le numéro du titre : des lettres et des chiffres, 20 au plus."),
    "tarif": _("Aucun tarif n’est connu pour ce titre à cette date. Prévenez l’administrateur."),
    "majoration": _("Écrivez pourquoi la majoration pour retard s’applique."),
    "timbre_format": _("Le timbre électronique a 16 chiffres. Vérifiez le numéro."),
    "timbre_inconnu": _("Ce timbre n’est pas connu. Vérifiez le numéro sur le document d’achat."),
    "timbre_montant": _(
        "Le montant de ce timbre n’est pas celui qui est dû. La personne doit acheter le bon montant."
    ),
    "timbre_utilise": _("Ce timbre a déjà servi. La personne doit en acheter un autre."),
    "timbre_indisponible": _("Le service des timbres ne répond pas. Réessayez dans quelques minutes."),
    "ancien_titre": _("Dites si l’ancien titre est rendu. S’il ne l’est pas, écrivez pourquoi."),
    "prefecture": _("Choisissez une autre préfecture que celle du dossier."),
    "champ": _("Ce champ ne se corrige pas ici."),
    "valeur": _("Cette valeur n’est pas possible pour ce champ. Vérifiez-la."),
    "inchange": _("La valeur est déjà celle du dossier."),
    "declaration_traitee": _("Cette déclaration est déjà traitée. Relisez-la."),
    "correction_vide": _("Écrivez ce que le registre doit dire : un titre, un statut, ou les deux."),
    "dates_du_registre": _(
        "Choisissez le type du titre, et vérifiez ses deux dates : la fin vient après le début."
    ),
    "titre_change": _("Le registre a changé depuis la déclaration. Relisez-le avant de répondre."),
    "registre_indisponible": _("Le registre des étrangers ne répond pas. Réessayez dans quelques minutes."),
    "recuperation_traitee": _("Cette demande est déjà traitée. Relisez-la."),
    "recuperation_deja_acceptee": _(
        "Une autre nouvelle adresse est déjà acceptée pour ce compte. Attendez qu’elle prenne effet, ou soit annulée."
    ),
    "motif_agent": _("Écrivez pourquoi, pour vos collègues."),
    "compte_de_l_enfant": _("L’enfant a déjà un compte, ou l’examen n’a pas commencé."),
}
