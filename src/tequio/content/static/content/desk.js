// Starts Wagtail's calendars: its own templates do it with inline scripts, which the desk's policy refuses.
document.addEventListener("DOMContentLoaded", () => {
  for (const { dataset } of document.querySelectorAll("template[data-chooser]")) {
    window[dataset.chooser](dataset.for, JSON.parse(dataset.settings));
  }
});
