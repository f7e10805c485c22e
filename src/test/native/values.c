/* What the variables of this file hold is what a test expects at every level of optimisation. */
#include <stdio.h>

enum color { RED, GREEN = 5, BLUE = -2 };
struct inner {
    short a;
    unsigned char b[3];
};
typedef struct record {
    int number;
    long long wide;
    unsigned char small;
    signed char minus;
    unsigned short half;
    _Bool on;
    unsigned low : 3;
    int middle : 5;
    unsigned long long high : 40;
    enum color color;
    char name[8];
    const char *text;
    int table[2][3];
    struct inner inner;
    union {
        int all;
        unsigned char bytes[4];
    } either;
    struct {
        int nameless;
    };
    long (*call)(long);
    double real;
    struct record *next;
} record_t;

#define KEPT __attribute__((noinline, used))
#define SEEN(value) __asm__ volatile("nop" : : "r"(value) : "memory")

volatile int counter = 41;
static long history[4] = {10, 20, 30, 40};
record_t everything = {.number = 99, .name = "global"};
static _Thread_local int own = 6;

KEPT long doubled(long value) {
    SEEN(&value);
    return value * 2;
}

KEPT int visit(const record_t *record, int count, unsigned char letter, short down, long long big, const char *words) {
    int gone[4];
    gone[0] = count;
    int sum = count + record->number;
    SEEN(sum); // summed
    sum += gone[0] - count;
    SEEN(words);
    SEEN(big);
    SEEN(down);
    SEEN(letter);
    SEEN(record);
    SEEN(sum); // all seen
    return -sum;
}

KEPT void loop(int limit) {
    static int rounds;
    for (int i = 0; i < limit; i++) {
        rounds++;
        SEEN(i); // round
    }
}

KEPT unsigned char narrow(unsigned char letter) {
    SEEN(letter);
    return letter + 200;
}

KEPT _Bool truth(int value) {
    SEEN(value);
    return value > 3;
}

KEPT const char *word(const record_t *record) {
    SEEN(record);
    return record->text;
}

KEPT record_t *following(record_t *record) {
    SEEN(record);
    return record->next;
}

KEPT int many(int a, int b, int c, int d, int e, int f, int g, long h, signed char i) {
    SEEN(a + b + c + d + e + f);
    SEEN(g);
    SEEN(h);
    SEEN(i);
    return g;
}

KEPT long down(long depth) {
    SEEN(depth);
    long below = depth > 0 ? down(depth - 1) : 0;
    SEEN(below);
    return below + depth;
}

KEPT void at_label(int value) {
    int twice = value * 2;
    SEEN(twice);
    if (value > 10) goto out;
    SEEN(value);
    return;
out:
    SEEN(twice);
    SEEN(value);
}

KEPT int pointers(int argc, char **argv, int (*rows)[3], int *const *where) {
    SEEN(where);
    SEEN(rows);
    SEEN(argv);
    SEEN(argc);
    return **where + rows[1][2];
}

int main(int argc, char **argv) {
    const char *volatile words = "some words";
    record_t last = {.number = -7, .name = "last", .text = "the end", .color = RED};
    record_t first = {
        .number = 1000, .wide = -5000000000, .small = 250, .minus = -3, .half = 65000, .on = 1, .low = 5, .middle = -9,
        .high = 0xabcdef0123, .color = BLUE, .name = "first", .text = "a text", .table = {{1, 2, 3}, {-4, 5, 6}},
        .inner = {-300, {7, 8, 9}}, .either = {0x04030201}, .nameless = 77, .call = doubled, .real = 2.5, .next = &last};
    // Memory that nobody has touched yet cannot be read.
    SEEN(first.text[0] + last.text[0] + words[0]);
    long total = visit(&first, 3, 'x', -2, -1099511627776, words);
    loop(3);
    total += narrow(100) + truth(4) + truth(3);
    total += word(&first)[0] + following(&first)->number;
    total += many(1, 2, 3, 4, 5, 6, -7, 1L << 35, -8);
    total += down(3);
    at_label(4);
    at_label(11);
    int *pointer = &first.number;
    total += pointers(argc, argv, first.table, &pointer);
    own += (int)history[argc] + everything.number;
    printf("%ld %d %ld\n", total, own, doubled(counter));
    return 0;
}
