#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
struct point { int x; int y; char name[8]; struct point *next; unsigned flag:3; };
static int counter = 7;
int add(int n, long m) {
    int sum = n + m;
    counter++;
    return sum;
}
static int depth(struct point *p) {
    if (p == NULL) return 0;
    return 1 + depth(p->next);
}
int fact(int n) {
    if (n < 2) goto done;
    return n * fact(n - 1);
done:
    return 1;
}
int main(int argc, char **argv) {
    struct point b = {3, -4, "bee", NULL, 5};
    struct point a = {1, -2, "ay", &b, 2};
    int count = argc > 1 ? atoi(argv[1]) : 3;
    long total = 0;
    for (int i = 0; i < count; i++) {
        total += add(i, -10);
        total += depth(&a);
    }
    total += fact(5);
    printf("%ld\n", total);
    return 0;
}
