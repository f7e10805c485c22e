// family CHILDREN THREADS EXECS: forks CHILDREN children one after the other; each starts THREADS threads and joins
// them; of the children the first EXECS then replace themselves by this program ("family leaf"). Prints its own truth.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *nothing(void *unused) { return unused; }

int main(int argc, char **argv) {
	if (argc == 2 && !strcmp(argv[1], "leaf")) return 0;
	if (argc < 4) return 2;
	int children = atoi(argv[1]), threads = atoi(argv[2]), execs = atoi(argv[3]);
	for (int c = 0; c < children; c++) {
		pid_t pid = fork();
		if (pid == 0) {
			pthread_t t;
			for (int i = 0; i < threads; i++) {
				pthread_create(&t, NULL, nothing, NULL);
				pthread_join(t, NULL);
			}
			if (c < execs) execl("/proc/self/exe", argv[0], "leaf", (char *)NULL);
			_exit(0);
		}
		waitpid(pid, NULL, 0);
	}
	printf("{\"pid\": %d, \"children\": %d, \"threads\": %d, \"execs\": %d}\n", getpid(), children, children * threads, execs);
	return 0;
}
