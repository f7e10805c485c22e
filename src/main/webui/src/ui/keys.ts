/** Whether a key press writes into a field or the editor. */
export function isTyping(event: KeyboardEvent): boolean {
    return within(event, "input, textarea, select, [contenteditable=true]");
}

/** Whether a key press belongs to a field, the editor, or a control that answers to Space itself. */
export function isTaken(event: KeyboardEvent): boolean {
    return isTyping(event) || within(event, "button, a, dialog, [role=option]");
}

function within(event: KeyboardEvent, selector: string): boolean {
    return event.target instanceof HTMLElement && event.target.closest(selector) !== null;
}
