// names HEX COUNT...: for each pair a child takes the name whose bytes HEX gives, and makes exactly COUNT getppid system
// calls. The parent makes none.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
	for (int i = 1; i + 1 < argc; i += 2) {
		pid_t child = fork();
		if (child < 0) return 1;
		if (child == 0) {
			char name[16] = {0};
			for (int at = 0; at < 15 && argv[i][2 * at]; at++) {
				unsigned byte;
				if (sscanf(argv[i] + 2 * at, "%2x", &byte) != 1) _exit(2);
				name[at] = (char)byte;
			}
			prctl(PR_SET_NAME, name);
			for (long left = atol(argv[i + 1]); left > 0; left--) syscall(SYS_getppid);
			_exit(0);
		}
		int status;
		if (waitpid(child, &status, 0) < 0 || status != 0) return 1;
	}
	return 0;
}
