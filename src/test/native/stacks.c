// Calls whose stacks are known: main calls left() LEFT times and right() RIGHT times; each calls leaf(), right() by way of
// middle(). Then it waits for the end of its input. Keep frame pointers: cc -O0 -fno-omit-frame-pointer.
#include <stdio.h>
#include <stdlib.h>

static volatile long sink;

void leaf(long n) {
	sink += n;
}

void middle(long n) {
	leaf(n);
}

void left(long n) {
	leaf(n);
}

void right(long n) {
	middle(n);
}

int main(int argc, char **argv) {
	long lefts = argc > 1 ? atol(argv[1]) : 1, rights = argc > 2 ? atol(argv[2]) : 1;
	for (long i = 0; i < lefts; i++) left(10);
	for (long i = 0; i < rights; i++) right(100);
	getchar();
	return 0;
}
