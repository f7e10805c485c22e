/** A declaration and what it is for, as a tooltip shows it. Text only: what scripts say can never become markup. */
export function explanation(code: string, documentation: string): HTMLElement {
    const root = document.createElement("div");
    root.className = "cm-explanation";
    const declaration = document.createElement("pre");
    declaration.textContent = code;
    root.append(declaration);
    if (documentation) {
        const text = document.createElement("p");
        text.textContent = documentation;
        root.append(text);
    }
    return root;
}
