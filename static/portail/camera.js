// Comfort only: reads the 2D-Doc with the camera where the browser itself knows Data Matrix. The picture never
// leaves the device: only the text of the code is sent, by the form that stands on the page.
(async () => {
  "use strict";

  const PAUSE = 250;
  const formulaire = document.getElementById("formulaire-camera");
  if (!formulaire || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("data_matrix")) return;

  const bouton = formulaire.querySelector("[data-camera]");
  const etat = formulaire.querySelector("[data-etat]");
  const video = formulaire.querySelector("video");
  const lecteur = new window.BarcodeDetector({ formats: ["data_matrix"] });
  formulaire.hidden = false;

  const arreter = () => {
    for (const piste of video.srcObject?.getTracks() ?? []) piste.stop();
    video.srcObject = null;
    video.hidden = true;
  };

  const chercher = async () => {
    if (!video.srcObject) return;
    const codes = await lecteur.detect(video).catch(() => []);
    const trouve = codes.find((code) => code.rawValue.startsWith("DC"));
    if (!trouve) {
      setTimeout(chercher, PAUSE);
      return;
    }
    arreter();
    formulaire.elements.texte.value = trouve.rawValue;
    formulaire.requestSubmit();
  };

  bouton.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.hidden = false;
      etat.textContent = formulaire.dataset.recherche;
      await video.play();
      chercher();
    } catch {
      arreter();
      etat.textContent = formulaire.dataset.erreur;
    }
  });
  window.addEventListener("pagehide", arreter);
})();
