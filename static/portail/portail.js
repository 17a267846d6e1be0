// Comfort only: every page works without this file. No inline script, nothing from another site.
(() => {
  "use strict";

  // A form sent once is not sent twice by an impatient click. The server has its own guard.
  document.addEventListener("submit", (evenement) => {
    const formulaire = evenement.target;
    if (formulaire.method !== "post" || "plusieursFois" in formulaire.dataset) return;
    if (formulaire.dataset.envoye) {
      evenement.preventDefault();
      return;
    }
    formulaire.dataset.envoye = "oui";
    formulaire.setAttribute("aria-busy", "true");
  });
  // The back button shows the page as it was left: its forms may be sent again.
  window.addEventListener("pageshow", () => {
    for (const formulaire of document.querySelectorAll("form[data-envoye]")) {
      delete formulaire.dataset.envoye;
      formulaire.removeAttribute("aria-busy");
    }
  });

  // Names and sizes of the chosen files, under the field.
  for (const zone of document.querySelectorAll("[data-televersement]")) {
    const champ = zone.querySelector("input[type=file]");
    const liste = document.createElement("ul");
    liste.className = "portail-fichiers";
    liste.setAttribute("aria-live", "polite");
    champ.after(liste);
    champ.addEventListener("change", () => {
      liste.replaceChildren(
        ...Array.from(champ.files, (fichier) => {
          const ligne = document.createElement("li");
          const taille = (fichier.size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
          ligne.textContent = `${fichier.name} (${taille} Mo)`;
          if (fichier.type.startsWith("image/") && fichier.size < 15e6) {
            const apercu = document.createElement("img");
            apercu.alt = "";
            apercu.src = URL.createObjectURL(fichier);
            apercu.addEventListener("load", () => URL.revokeObjectURL(apercu.src));
            apercu.addEventListener("error", () => apercu.remove());
            ligne.prepend(apercu);
          }
          return ligne;
        }),
      );
    });
  }

  // A warning five minutes before the session ends, with a button to stay.
  const gabarit = document.getElementById("session-bientot-finie");
  if (!gabarit) return;
  const AVANCE = 5 * 60;
  let minuterie;
  const programmer = (duree) => {
    clearTimeout(minuterie);
    minuterie = setTimeout(avertir, Math.max(0, duree - AVANCE) * 1000);
  };
  const avertir = () => {
    const avis = gabarit.content.firstElementChild.cloneNode(true);
    document.body.append(avis);
    const formulaire = avis.querySelector("form");
    formulaire.addEventListener("submit", async (evenement) => {
      evenement.preventDefault();
      evenement.stopPropagation();
      try {
        const reponse = await fetch(formulaire.action, {
          method: "POST",
          body: new FormData(formulaire),
          headers: { Accept: "application/json" },
        });
        if (!reponse.ok) throw new Error(String(reponse.status));
        programmer((await reponse.json()).duree);
        avis.remove();
      } catch {
        // Session over or network down: the page says it, and keeps what was typed.
        avis.querySelector("[data-echec]").hidden = false;
      }
    });
  };
  programmer(Number(gabarit.dataset.duree));
})();
