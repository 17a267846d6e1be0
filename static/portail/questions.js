// Comfort only: a question that the answers given make useless is hidden. Without scripts its hint says so.
(() => {
  "use strict";

  const groupes = Array.from(document.querySelectorAll("[data-si]"), (groupe) => {
    const [nom, valeurs] = groupe.dataset.si.split("=");
    return { groupe, nom, valeurs: valeurs.split("|") };
  });
  const reponse = (nom) => {
    const champs = Array.from(document.getElementsByName(nom));
    const coche = champs.find((champ) => champ.checked);
    if (coche) return coche.value;
    return champs.some((champ) => champ.type === "radio" || champ.type === "checkbox") ? "" : champs[0]?.value ?? "";
  };
  const ajuster = () => {
    for (const { groupe, nom, valeurs } of groupes) groupe.hidden = !valeurs.includes(reponse(nom));
  };
  document.addEventListener("change", ajuster);
  window.addEventListener("pageshow", ajuster);
  ajuster();

  // The list of communes follows the postal code.
  const codePostal = document.querySelector("[name=identite-code_postal]");
  const liste = document.querySelector("select[name=identite-commune]");
  if (!codePostal || !liste) return;
  codePostal.addEventListener("input", async () => {
    if (!/^\d{5}$/.test(codePostal.value)) return;
    try {
      const reponse = await fetch(`${codePostal.dataset.communes}?code_postal=${codePostal.value}`);
      const { communes } = await reponse.json();
      if (!communes.length) return;
      // With several communes nobody chooses in the person's place: the commune decides the prefecture.
      const choix = communes.map(([code, nom]) => new Option(nom, code));
      liste.replaceChildren(...(choix.length > 1 ? [new Option(codePostal.dataset.choisir, "")] : []), ...choix);
    } catch {
      // The list is filled by the server when the form is sent.
    }
  });
})();
