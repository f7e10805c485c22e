/**
 * How well a text answers a question: its letters in order; earlier, together and at the start of words is better. -1
 * when they are not there.
 */
export function match(text: string, question: string): number {
    const [hay, needle] = [text.toLowerCase(), question.trim().toLowerCase()];
    if (hay.includes(needle)) {
        return 1000 - hay.indexOf(needle);
    }
    let at = -1;
    let score = 500;
    for (const letter of needle) {
        const next = hay.indexOf(letter, at + 1);
        if (next < 0) {
            return -1;
        }
        score -= next - at - 1 + (next > 0 && hay[next - 1] !== " " ? 1 : 0);
        at = next;
    }
    return score;
}
