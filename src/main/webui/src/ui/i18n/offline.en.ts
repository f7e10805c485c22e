/** The page that shows a bundle without a service. */
export const offlineEn = {
    "offline.about": "The whole capture is in this page: no server is asked.",
    "offline.open": "Open a bundle…",
    "offline.save": "Save the bundle",
    "offline.empty": "Choose the bundle of a capture: the file that “Export: Bundle” makes.",
    "offline.reading": "Reading the bundle…",
    "offline.failed": "This cannot be shown",
};
