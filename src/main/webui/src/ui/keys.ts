/** Whether a key press belongs to a field, the editor, or a control that uses it itself. */
export function isTyping(event: KeyboardEvent): boolean {
    const target = event.target;
    return (
        target instanceof HTMLElement &&
        target.closest("input, textarea, select, button, a, [contenteditable=true]") !== null
    );
}
