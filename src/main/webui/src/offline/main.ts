import "../ui/app.css";
import { mount } from "svelte";
import OfflinePage from "./OfflinePage.svelte";

const target = document.getElementById("app");
if (target) {
    mount(OfflinePage, { target, props: { packed: document.getElementById("bundle")?.textContent.trim() ?? "" } });
}
