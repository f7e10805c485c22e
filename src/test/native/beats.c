// beats N MILLIS: waits for a line on standard input, then makes N getppid system calls, one every MILLIS milliseconds,
// and prints CLOCK_REALTIME in microseconds just before each.
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
	if (argc < 3) return 2;
	long n = atol(argv[1]);
	struct timespec rest = {0, atol(argv[2]) * 1000000L};
	char line[16];
	puts("ready");
	fflush(stdout);
	if (!fgets(line, sizeof line, stdin)) return 0;
	for (long i = 0; i < n; i++) {
		struct timespec now;
		nanosleep(&rest, NULL);
		clock_gettime(CLOCK_REALTIME, &now);
		syscall(SYS_getppid);
		printf("%lld\n", now.tv_sec * 1000000LL + now.tv_nsec / 1000);
	}
	fflush(stdout);
	return 0;
}
