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

# What the agent's sentence starts from, for each motive: what is wrong, and what to do. « autre » has none.
PHRASES_DE_PIECE = {
    "illisible": _(
        "Nous ne pouvons pas lire ce document. Faites une nouvelle photo, nette et sans reflet, ou un scan."
    ),
    "incomplet": _("Il manque une partie de ce document. Envoyez toutes les pages, recto et verso."),
    "perime": _("Ce document est trop ancien ou n’est plus valable. Envoyez un document plus récent."),
    "mauvais_document": _("Ce n’est pas le document demandé. Relisez la liste des documents acceptés."),
    "non_traduit": _(
        "Ce document n’est pas en français. Envoyez-le avec la traduction d’un traducteur assermenté."
    ),
    "identite": _(
        "Ce document ne porte pas le même nom que la demande. Envoyez un document à ce nom, "
        "ou expliquez la différence."
    ),
    "absent": _("Ce document manque dans votre demande. Envoyez-le."),
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

# What is missing from the answer to a complement (R-INSTR-4): `piece` names the document.
MANQUES_DE_REPONSE = {
    "a_choisir": _("%(piece)s : dites si vous gardez ou remplacez ce document."),
    "sans_fichier": _("%(piece)s : ajoutez le nouveau fichier, ou gardez le document."),
    "fichier_refuse": _("%(piece)s : un fichier est refusé. Remplacez-le ou retirez-le."),
    "en_verification": _(
        "%(piece)s : la vérification du fichier n’est pas finie. Attendez un instant, puis transmettez."
    ),
    "explication": _("%(piece)s : écrivez pourquoi vous ne pouvez pas envoyer ce document."),
    "ephoto_absente": _("%(piece)s : écrivez le nouveau code."),
    "ephoto_identique": _("%(piece)s : c’est le code que la préfecture a déjà. Écrivez un autre code."),
    "ephoto_expiree": _("%(piece)s : ce code a plus de 6 mois. Faites une nouvelle e-photo."),
    "ephoto_utilisee": _(
        "%(piece)s : ce code a déjà servi. Un code sert une seule fois. Faites une nouvelle e-photo."
    ),
}

# What a person may say is wrong in a deposited dossier (R-ESPACE-2): the fields that an agent corrects, and the rest.
CHAMPS_A_RECTIFIER = {
    "nom": _("Nom de famille"),
    "nom_usage": _("Nom d’usage"),
    "prenoms": _("Prénoms"),
    "sexe": _("Sexe"),
    "date_naissance": _("Date de naissance"),
    "ville_naissance": _("Ville de naissance"),
    "pays_naissance": _("Pays de naissance"),
    "nationalite": _("Nationalité"),
    "ligne": _("Numéro et rue"),
    "complement": _("Complément d’adresse"),
    "commune": _("Code postal et commune"),
    "autre": _("Autre chose"),
}

# Why something that the person asks for is refused, and what to do.
GESTES_IMPOSSIBLES = {
    "retrait_trop_tard": _(
        "La préfecture a commencé l’examen : la demande ne se retire plus ici. Contactez la préfecture."
    ),
    "erreur_demande_close": _(
        "Cette demande est terminée : contactez la préfecture pour signaler une erreur."
    ),
    "erreur_deja_signalee": _(
        "Vous avez déjà signalé une erreur pour cette information. Attendez la réponse de la préfecture."
    ),
    "trop_d_erreurs": _("Vous avez déjà signalé dix erreurs. Attendez la réponse de la préfecture."),
    "report_trop_tard": _(
        "Ce rendez-vous ne se change plus ici. Regardez s’il y en a un autre, ou contactez la préfecture."
    ),
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
    "piece_vide": _("Cette pièce n’a aucun fichier : elle ne peut pas être acceptée."),
    "agent_inconnu": _("Cet agent n’appartient pas à la préfecture du dossier. Choisissez-en un autre."),
    "aucun_dossier": _("Choisissez au moins un dossier : cochez sa case dans la liste."),
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
    "apd_suit": _(
        "Une attestation de prolongation est déjà prévue : elle part d’elle-même. Regardez sa date."
    ),
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
    "date_passee": _("Cette date est passée. Choisissez une date à venir."),
    "lieu": _("Écrivez où la personne doit venir."),
    "convocation_absente": _(
        "Cette convocation n’est plus à venir : elle est remplacée, annulée ou terminée. Relisez le dossier."
    ),
    "rectification_absente": _("Cette erreur signalée est déjà traitée. Relisez le dossier."),
}

# What became of a dossier in an action on several, beside the reasons above.
RESULTATS_DE_LOT = {
    "fait": _("Fait."),
    "introuvable": _("Ce dossier n’est plus dans vos préfectures."),
    "modifie": _("Ce dossier a changé depuis votre choix. Relisez-le, puis agissez."),
    "panne": _("Le portail a échoué sur ce dossier. Réessayez plus tard."),
}
