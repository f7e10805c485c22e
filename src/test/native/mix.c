// mix SECONDS: a workload whose system calls differ in latency and come in waves, so that a heat map has something to
// tell: getppid, pipe reads and writes, opens, large reads, naps of a tenth, one and ten milliseconds, and syncs.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double begin, length;

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void nap(long micros) {
	struct timespec t = {0, micros * 1000};
	nanosleep(&t, NULL);
}

// Between 0 and 1, once up and down in `period` seconds.
static double wave(double period) {
	double part = (now() - begin) / period;
	part -= (double)(long)part;
	return part < 0.5 ? 2 * part : 2 - 2 * part;
}

static int going(void) { return now() - begin < length; }

static void asker(void) {
	while (going()) {
		for (long i = 0, n = 40 + (long)(400 * wave(20)); i < n; i++) syscall(SYS_getppid);
		nap(2000);
	}
}

static void piper(void) {
	int ends[2];
	char block[4096] = {0};
	if (pipe(ends)) return;
	while (going()) {
		for (int i = 0; i < 60; i++) {
			if (write(ends[1], block, sizeof block) < 0 || read(ends[0], block, sizeof block) < 0) return;
		}
		nap(4000);
	}
}

static void reader(void) {
	static char block[1 << 20];
	while (going()) {
		int file = open("/dev/zero", O_RDONLY);
		long size = (long)sizeof block / 8 + (long)((double)sizeof block * 7 / 8 * wave(30));
		for (int i = 0; i < 12; i++) {
			if (read(file, block, (size_t)size) < 0) return;
		}
		close(file);
		nap(10000);
	}
}

static void syncer(void) {
	char name[] = "/tmp/mix-XXXXXX";
	int file = mkstemp(name);
	if (file < 0) return;
	unlink(name);
	while (going()) {
		for (int i = 0; i < 4; i++) {
			if (pwrite(file, name, sizeof name, 0) < 0 || fdatasync(file)) return;
		}
		nap(50000);
	}
	close(file);
}

int main(int argc, char **argv) {
	void (*const parts[])(void) = {asker, piper, reader, syncer};
	const int count = sizeof parts / sizeof parts[0];
	length = argc > 1 ? atof(argv[1]) : 10;
	begin = now();
	puts("ready");
	fflush(stdout);
	for (int i = 0; i < count; i++) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL); // Who ends the parent ends the load.
			parts[i]();
			_exit(0);
		}
	}
	while (wait(NULL) > 0) {}
	return 0;
}
