// For each line of its input calls work(1), work(2)..., and says "done". A line "f" has a child do it, "x" replaces the program
// by itself. With -DPADDED the functions lie elsewhere.
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile long sink;

#ifdef PADDED
void pad(long n) {
	for (long i = 0; i < n; i++) sink += i * n;
}
#endif

__attribute__((noinline)) void work(long n) {
	sink += n;
}

int main(int argc, char **argv) {
	char line[80];
	(void)argc;
	setvbuf(stdin, NULL, _IONBF, 0);
	for (long n = 1; fgets(line, sizeof line, stdin); n++) {
		if (line[0] == 'f') {
			if (fork() == 0) {
				work(n);
				_exit(0);
			}
			wait(NULL);
		} else if (line[0] == 'x') {
			execv("/proc/self/exe", argv);
		} else {
			work(n);
		}
		puts("done");
		fflush(stdout);
	}
	return 0;
}
