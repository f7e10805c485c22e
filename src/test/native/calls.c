// calls N THREADS [hold]: makes exactly N getppid system calls from THREADS threads and prints its own truth as JSON.
// With "hold" it first prints "ready" and waits for a line on standard input, so that a tracer can attach.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long share;

static void *work(void *unused) {
	(void)unused;
	for (long i = 0; i < share; i++) syscall(SYS_getppid);
	return NULL;
}

int main(int argc, char **argv) {
	if (argc < 3) return 2;
	long n = atol(argv[1]);
	int threads = atoi(argv[2]);
	if (threads < 1 || n % threads) return 2;
	share = n / threads;
	if (argc > 3 && !strcmp(argv[3], "hold")) {
		char line[16];
		puts("ready");
		fflush(stdout);
		if (!fgets(line, sizeof line, stdin)) return 0;
	}
	pthread_t *t = calloc((size_t)threads, sizeof *t);
	for (int i = 1; i < threads; i++) pthread_create(&t[i], NULL, work, NULL);
	work(NULL);
	for (int i = 1; i < threads; i++) pthread_join(t[i], NULL);
	printf("{\"pid\": %d, \"getppid\": %ld, \"threads\": %d}\n", getpid(), n, threads);
	return 0;
}
