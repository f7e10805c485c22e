// calls_of_all_kinds DIRECTORY: makes system calls of many kinds, good and failing ones, between two getpgid(424242).
// All memory that calls are given lies at fixed addresses and is resident, so that two runs give the same arguments.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BASE ((char *)0x10000000)
#define SIZE (1 << 20)
static char *next;
static long segment;

// A copy of bytes at the next fixed address.
static void *put(const void *bytes, size_t size) {
	char *here = next;
	memcpy(here, bytes, size);
	next += (size + 15) & ~15UL;
	return here;
}

#define S(text) ((char *)put(text, sizeof text))
#define P(...) put(&(__VA_ARGS__), sizeof(__VA_ARGS__))
#define C(name, ...) syscall(SYS_##name, ##__VA_ARGS__)
#define BAD ((void *)0x30000)

static char *room(size_t size) {
	char *here = next;
	memset(here, 0, size);
	next += (size + 15) & ~15UL;
	return here;
}

static void files(void) {
	char *data = S("data"), *missing = S("missing/file"), *out = room(4096);
	long fd = C(openat, AT_FDCWD, data, O_RDWR | O_CREAT | O_CLOEXEC | O_TRUNC, 0640);
	C(openat, AT_FDCWD, missing, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	C(open, missing, O_WRONLY | O_APPEND);
	C(open, BAD, O_RDONLY | O_DIRECTORY);
	C(open, S("with \"quotes\"\n\t\\ and \001\0071\377"), O_RDONLY);
	C(creat, missing, 0600);
	C(openat2, AT_FDCWD, data, P((struct open_how){.flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS}),
	  sizeof(struct open_how));
	C(openat2, AT_FDCWD, missing, P((struct open_how){.flags = O_RDWR | O_CREAT, .mode = 0600}), sizeof(struct open_how));
	C(write, fd, S("hello, world"), 12);
	C(write, fd, S("0123456789012345678901234567890123456789"), 40);
	C(write, fd, S("a\0b\033\n\177\200z"), 8);
	C(write, 99, data, 4);
	C(write, fd, BAD, 4);
	C(pwrite64, fd, S("XY"), 2, 3);
	C(pread64, fd, out, 10, 2);
	C(lseek, fd, 0, SEEK_SET);
	C(lseek, fd, -5, SEEK_END);
	C(lseek, fd, -5, SEEK_SET);
	C(lseek, fd, 0, 77);
	C(read, fd, out, 100);
	C(read, -1, out, 100);
	struct iovec *parts = put((struct iovec[]){{S("one"), 3}, {S("twotwo"), 6}, {NULL, 0}}, 3 * sizeof(struct iovec));
	C(writev, fd, parts, 3);
	C(writev, 99, parts, 2);
	C(readv, 99, parts, 1);
	C(pwritev, fd, parts, 2, 0L, 0L);
	C(pwritev2, fd, parts, 1, 0L, 0L, RWF_DSYNC);
	C(fstat, fd, out);
	C(fstat, 99, out);
	C(stat, data, out);
	C(stat, missing, out);
	C(lstat, missing, out);
	C(newfstatat, AT_FDCWD, missing, out, AT_SYMLINK_NOFOLLOW);
	C(newfstatat, fd, S(""), out, AT_EMPTY_PATH);
	C(statx, AT_FDCWD, missing, AT_STATX_FORCE_SYNC | AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, out);
	C(statx, AT_FDCWD, data, AT_STATX_SYNC_AS_STAT, STATX_ALL, out);
	C(access, data, R_OK | W_OK);
	C(access, missing, F_OK);
	C(faccessat, AT_FDCWD, missing, X_OK);
	C(faccessat2, AT_FDCWD, missing, R_OK, AT_EACCESS);
	C(dup, fd);
	C(dup, 99);
	C(dup2, fd, 50);
	C(dup3, fd, 51, O_CLOEXEC);
	C(dup3, fd, fd, 0);
	C(fcntl, fd, F_GETFD);
	C(fcntl, fd, F_SETFD, FD_CLOEXEC);
	C(fcntl, fd, F_GETFL);
	C(fcntl, fd, F_SETFL, O_APPEND | O_NONBLOCK);
	C(fcntl, fd, F_DUPFD_CLOEXEC, 60);
	C(fcntl, fd, F_SETLK, P((struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 2}));
	C(fcntl, 99, F_SETLKW, P((struct flock){.l_type = F_UNLCK, .l_whence = SEEK_END}));
	C(fcntl, fd, F_SETOWN, 0);
	C(fcntl, 99, F_ADD_SEALS, 3);
	C(fcntl, fd, 4711, 5);
	C(flock, fd, LOCK_EX | LOCK_NB);
	C(flock, 99, LOCK_SH);
	C(fsync, fd);
	C(fdatasync, 99);
	C(syncfs, 99);
	C(ftruncate, fd, 10);
	C(truncate, missing, 5);
	C(fallocate, fd, FALLOC_FL_KEEP_SIZE, 0L, 4096L);
	C(fadvise64, fd, 0, 0, 3);
	C(fadvise64, 99, 0, 0, 77);
	C(readahead, 99, 0, 10);
	C(getcwd, out, 1);
	C(chdir, missing);
	C(fchdir, fd);
	C(rename, missing, data);
	C(renameat, AT_FDCWD, missing, 99, data);
	C(renameat2, AT_FDCWD, missing, AT_FDCWD, data, 1);
	C(mkdir, S("dir"), 0755);
	C(mkdir, S("dir"), 01777);
	C(mkdirat, 99, missing, 0);
	C(rmdir, S("dir"));
	C(rmdir, missing);
	C(link, missing, data);
	C(linkat, AT_FDCWD, missing, AT_FDCWD, data, AT_SYMLINK_FOLLOW);
	C(symlink, S("data"), S("link"));
	C(symlinkat, data, 99, missing);
	C(readlink, S("link"), out, 64);
	C(readlinkat, AT_FDCWD, missing, out, 64);
	C(unlink, S("link"));
	C(unlinkat, AT_FDCWD, missing, AT_REMOVEDIR);
	C(unlinkat, AT_FDCWD, missing, 0);
	C(chmod, data, 0600);
	C(fchmod, fd, 04755);
	C(fchmodat, AT_FDCWD, missing, 0644);
	C(chown, missing, -1, 100);
	C(fchown, fd, -1, -1);
	C(lchown, missing, 1, 2);
	C(fchownat, AT_FDCWD, missing, 3, 4, AT_SYMLINK_NOFOLLOW);
	C(umask, 027);
	C(mknod, missing, S_IFIFO | 0600, 0);
	C(mknodat, AT_FDCWD, missing, S_IFCHR | 0620, 0x103);
	C(utimensat, AT_FDCWD, data, put((struct timespec[]){{1, 2}, {0, UTIME_OMIT}}, 32), 0);
	C(utimensat, AT_FDCWD, missing, NULL, AT_SYMLINK_NOFOLLOW);
	C(utimensat, fd, NULL, put((struct timespec[]){{0, UTIME_NOW}, {1700000000, 0}}, 32), 0);
	C(utimes, missing, put((struct timeval[]){{1, 2}, {3, 4}}, 32));
	C(statfs, missing, out);
	C(fstatfs, 99, out);
	C(setxattr, missing, S("user.x"), S("value"), 5, 1);
	C(getxattr, missing, S("user.x"), out, 10);
	C(fsetxattr, 99, S("user.y"), S("v\0w"), 3, 0);
	C(listxattr, missing, out, 10);
	C(removexattr, missing, S("user.x"));
	C(getdents64, fd, out, 1000);
	C(ioctl, fd, 0x5401, out);
	C(ioctl, fd, 0x541b, out);
	C(ioctl, fd, 0xabcd1234, out);
	C(sendfile, 99, fd, NULL, 10);
	C(sendfile, fd, 99, P((long){5}), 10);
	C(splice, 99, NULL, fd, NULL, 10, 3);
	C(tee, 99, 98, 10, 1);
	C(copy_file_range, 99, NULL, 98, P((long){3}), 10, 0);
	C(close, fd);
	C(close, 99);
	C(close_range, 50, 70, 0);
	C(sync_file_range, 99, 0, 10, 2);
	C(name_to_handle_at, 99, missing, BAD, out, 0);
}

static void sockets(void) {
	char *out = room(256);
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(0x7f000001)};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(80), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "missing/socket"};
	struct sockaddr_un hidden = {.sun_family = AF_UNIX, .sun_path = "\0abstract name"};
	long tcp = C(socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
	long udp = C(socket, AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_IP);
	long local = C(socket, AF_UNIX, SOCK_SEQPACKET, 0);
	C(socket, 77, SOCK_STREAM, 3);
	C(socket, AF_NETLINK, SOCK_RAW, 99);
	C(socketpair, AF_UNIX, SOCK_STREAM, 0, out);
	C(socketpair, AF_INET, SOCK_STREAM, 0, out);
	C(bind, tcp, P(in), sizeof in);
	C(bind, 99, P(in6), sizeof in6);
	C(bind, local, P(hidden), 16);
	C(connect, local, P(un), sizeof un);
	C(connect, tcp, P(in), 5);
	C(connect, 99, NULL, 0);
	C(listen, 99, 5);
	C(accept, tcp, out, P((int){16}));
	C(accept4, 99, NULL, NULL, SOCK_CLOEXEC);
	C(getsockname, tcp, out, P((int){16}));
	C(getpeername, tcp, out, P((int){16}));
	C(shutdown, tcp, SHUT_WR);
	C(shutdown, 99, 7);
	C(setsockopt, tcp, SOL_SOCKET, SO_REUSEADDR, P((int){1}), 4);
	C(setsockopt, tcp, SOL_SOCKET, SO_LINGER, P((struct linger){1, 5}), sizeof(struct linger));
	C(setsockopt, tcp, SOL_SOCKET, SO_RCVTIMEO, P((struct timeval){1, 500}), sizeof(struct timeval));
	C(setsockopt, tcp, SOL_TCP, TCP_NODELAY, P((int){1}), 4);
	C(setsockopt, 99, SOL_IP, IP_TTL, P((int){64}), 4);
	C(setsockopt, udp, SOL_IPV6, IPV6_V6ONLY, P((int){1}), 4);
	C(getsockopt, tcp, SOL_SOCKET, SO_ERROR, out, P((int){4}));
	C(getsockopt, 99, SOL_SOCKET, SO_TYPE, out, P((int){4}));
	C(sendto, udp, S("datagram"), 8, MSG_DONTWAIT | MSG_NOSIGNAL, P(in6), 3);
	C(sendto, 99, S("x"), 1, 0, NULL, 0);
	C(sendto, 99, S("x"), 1, MSG_OOB, P(in), sizeof in);
	C(recvfrom, udp, out, 100, MSG_DONTWAIT, NULL, NULL);
	C(recvfrom, 99, out, 100, MSG_PEEK | MSG_TRUNC, out, P((int){16}));
	struct iovec *parts = put((struct iovec[]){{S("msg"), 3}}, sizeof(struct iovec));
	C(sendmsg, 99, P((struct msghdr){.msg_name = P(in), .msg_namelen = sizeof in, .msg_iov = parts, .msg_iovlen = 1}), MSG_EOR);
	C(sendmsg, 99, P((struct msghdr){.msg_iov = parts, .msg_iovlen = 1}), 0);
	struct { struct cmsghdr head; int fds[2]; } rights = {{.cmsg_len = 20, .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}, {1, 0}};
	C(sendmsg, 99, P((struct msghdr){.msg_iov = parts, .msg_iovlen = 1, .msg_control = P(rights), .msg_controllen = 24}), 0);
	C(recvmsg, 99, P((struct msghdr){.msg_iov = parts, .msg_iovlen = 1}), MSG_CMSG_CLOEXEC);
	C(close, tcp);
	C(close, udp);
	C(close, local);
}

static void waits(void) {
	char *out = room(1024);
	struct timespec *soon = P((struct timespec){0, 1000});
	C(nanosleep, soon, NULL);
	C(nanosleep, P((struct timespec){-1, 0}), out);
	C(clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, soon, NULL);
	C(clock_nanosleep, CLOCK_REALTIME, 0, P((struct timespec){0, -1}), out);
	C(clock_gettime, CLOCK_BOOTTIME, out);
	C(clock_gettime, 77, out);
	C(clock_getres, CLOCK_MONOTONIC_COARSE, out);
	C(clock_settime, CLOCK_MONOTONIC, soon);
	C(gettimeofday, BAD, NULL);
	C(time, NULL);
	C(times, NULL);
	C(alarm, 0);
	C(getitimer, ITIMER_REAL, out);
	C(setitimer, ITIMER_VIRTUAL, P((struct itimerval){{0, 0}, {100, 5}}), NULL);
	C(setitimer, ITIMER_REAL, P((struct itimerval){{0, 0}, {0, 2000000}}), out);
	long timer = C(timerfd_create, CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	C(timerfd_settime, timer, TFD_TIMER_ABSTIME, P((struct itimerspec){{0, 0}, {1, 5}}), NULL);
	C(timerfd_gettime, 99, out);
	C(timer_delete, 77);
	C(poll, P((struct pollfd){.fd = timer, .events = POLLIN | POLLPRI}), 1, 0);
	C(poll, put((struct pollfd[]){{-1, POLLOUT, 0}, {99, POLLIN, 0}}, 16), 2, 0);
	C(poll, NULL, 0, 0);
	C(ppoll, P((struct pollfd){.fd = 1, .events = POLLRDHUP}), 1, soon, P((uint64_t){1 << 1}), 8);
	fd_set set;
	FD_ZERO(&set);
	FD_SET(0, &set);
	FD_SET(timer, &set);
	C(select, timer + 1, P(set), NULL, NULL, P((struct timeval){0, 0}));
	C(select, 100, P(set), P(set), NULL, P((struct timeval){0, -1}));
	C(pselect6, 2, NULL, P(set), NULL, P((struct timespec){0, 0}), NULL);
	long ep = C(epoll_create1, EPOLL_CLOEXEC);
	C(epoll_create, -1);
	C(epoll_ctl, ep, EPOLL_CTL_ADD, timer, P((struct epoll_event){.events = EPOLLIN | EPOLLET, .data.u64 = 7}));
	C(epoll_ctl, ep, EPOLL_CTL_DEL, 99, NULL);
	C(epoll_wait, 99, out, 5, 0);
	C(epoll_pwait, ep, out, 5, 0, P((uint64_t){~0UL}), 8);
	C(eventfd2, 5, EFD_CLOEXEC | EFD_SEMAPHORE);
	C(eventfd, 0);
	C(inotify_init1, IN_CLOEXEC);
	C(inotify_add_watch, 99, S("missing"), IN_CREATE | IN_MODIFY | IN_ONLYDIR);
	C(inotify_rm_watch, 99, 1);
	C(signalfd4, -1, P((uint64_t){1 << 9}), 8, 0x80000);
	C(futex, P((int){1}), FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1);
	C(futex, P((int){1}), FUTEX_WAIT, 7, soon);
	C(futex, P((int){1}), FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME, 7, soon, NULL, 0xffffffff);
	C(futex, P((int){1}), FUTEX_CMP_REQUEUE, 1, 2, P((int){0}), 9);
	C(sched_yield);
}

static void processes(void) {
	char *out = room(4096);
	C(getpid);
	C(gettid);
	C(getppid);
	C(getuid);
	C(geteuid);
	C(getgid);
	C(getegid);
	C(setuid, 0);
	C(setresuid, -1, -1, -1);
	C(setreuid, -1, 0);
	C(getresuid, out, out, out);
	C(getgroups, -1, NULL);
	C(getpgrp);
	C(getsid, 77777777);
	C(setpgid, 77777777, 0);
	C(kill, 77777777, SIGTERM);
	C(kill, 77777777, 99);
	C(tkill, 77777777, SIGUSR1);
	C(tgkill, 77777777, 77777777, 40);
	struct { void *handler; unsigned long flags; void *restorer; uint64_t mask; } action = {SIG_IGN, SA_RESTART | SA_SIGINFO, 0, 1 << 14};
	C(rt_sigaction, SIGUSR2, P(action), NULL, 8);
	C(rt_sigaction, SIGKILL, NULL, BAD, 8);
	C(rt_sigaction, 77, NULL, NULL, 8);
	C(rt_sigprocmask, SIG_BLOCK, P((uint64_t){1UL << 9 | 1UL << 33}), NULL, 8);
	C(rt_sigprocmask, SIG_UNBLOCK, P((uint64_t){~(3UL << 31)}), NULL, 8);
	C(rt_sigprocmask, 9, P((uint64_t){0}), out, 8);
	C(rt_sigpending, BAD, 8);
	C(rt_sigtimedwait, P((uint64_t){1 << 4}), NULL, P((struct timespec){0, 1}), 8);
	C(sigaltstack, P((stack_t){.ss_sp = next, .ss_size = 100}), NULL);
	C(wait4, -1, NULL, WNOHANG | WUNTRACED, NULL);
	C(waitid, P_PID, 77777777, NULL, WEXITED | WNOWAIT, NULL);
	C(prctl, PR_SET_NAME, S("deeds"));
	C(prctl, PR_GET_NAME, out);
	C(prctl, PR_SET_PDEATHSIG, SIGHUP);
	C(prctl, PR_GET_DUMPABLE);
	C(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	C(prctl, PR_CAPBSET_READ, 21);
	C(prctl, 4711, 1, 2, 3, 4);
	C(getrlimit, RLIMIT_NOFILE, BAD);
	C(setrlimit, 77, P((struct rlimit){1024, RLIM_INFINITY}));
	C(prlimit64, 0, RLIMIT_CORE, P((struct rlimit){0, 8192 * 1024}), NULL);
	C(getrusage, 5, out);
	C(getpriority, PRIO_PROCESS, 0);
	C(setpriority, PRIO_PROCESS, 77777777, 5);
	C(sched_getscheduler, 0);
	C(sched_setscheduler, 77777777, SCHED_BATCH, P((int){0}));
	C(sched_get_priority_max, SCHED_FIFO);
	C(sched_setaffinity, 77777777, 8, P((uint64_t){5}));
	C(sched_getaffinity, 77777777, 8, out);
	C(personality, 0xffffffff);
	C(unshare, 0x80000000);
	C(setns, 99, 0);
	C(uname, BAD);
	C(sysinfo, BAD);
	C(getrandom, out, 8, 1);
	C(getrandom, BAD, 8, 4);
	C(memfd_create, S("memory"), 3);
	C(pidfd_open, 77777777, 0);
	C(membarrier, 77, 0, 0);
	C(capget, BAD, NULL);
	C(setgroups, 2, put((int[]){1, 2}, 8));
	C(execve, S("missing"), put((char *[]){S("missing"), S("-x"), S("a longer argument of more than thirty-two bytes"), NULL}, 32),
	  put((char *[]){S("A=1"), S("B=2"), NULL}, 24));
	C(execveat, 99, S("missing"), NULL, NULL, AT_EMPTY_PATH);
	C(ptrace, 77, 77777777, NULL, NULL);
	C(kcmp, 77777777, 1, 0, 0, 0);
	C(mount, S("none"), S("missing"), S("tmpfs"), 6, S("size=1"));
	C(umount2, S("missing"), 2);
	C(chroot, S("missing"));
	C(sethostname, BAD, 3);
	C(add_key, S("user"), S("name"), BAD, 5, -77);
}


static void memory(void) {
	char *area = (char *)0x20000000;
	C(mmap, area, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	C(mmap, NULL, 4096, PROT_NONE, MAP_SHARED, 99, 0x1000);
	C(mprotect, area, 4096, PROT_READ | PROT_EXEC);
	C(mprotect, area + 1, 4096, PROT_NONE);
	C(madvise, area, 4096, MADV_DONTNEED);
	C(madvise, area, 4096, 77);
	C(mremap, area, 4096, 8192, 0);
	C(mremap, BAD, 4096, 8192, MREMAP_MAYMOVE | MREMAP_FIXED, area);
	C(msync, area, 4096, MS_SYNC);
	C(mincore, area, 4096, BAD);
	C(mlock, BAD, 10);
	C(mlockall, 0);
	C(munlock, area, 4096);
	C(munmap, area, 8192);
	C(munmap, area + 1, 4096);
	C(brk, NULL);
	segment = C(shmget, IPC_PRIVATE, 4096, IPC_CREAT | 0600);
	C(shmget, 0x1234567, 4096, 0600);
	C(shmctl, -1, IPC_RMID, NULL);
	C(shmat, -1, NULL, SHM_RDONLY);
	C(shmdt, BAD);
	C(semget, 0x1234567, 1, 0);
	C(semop, -1, put((struct sembuf[]){{0, -1, IPC_NOWAIT}, {1, 2, SEM_UNDO}}, 12), 2);
	C(msgget, 0x1234567, 0);
	C(msgsnd, -1, put("\1\0\0\0\0\0\0\0text", 12), 4, IPC_NOWAIT);
	C(mq_open, S("missing"), O_RDONLY, 0, NULL);
}

int main(int argc, char **argv) {
	if (argc < 2 || chdir(argv[1])) return 2;
	next = mmap(BASE, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_POPULATE, -1, 0);
	if (next != BASE) return 3;
	syscall(SYS_close_range, 3, ~0U, 0);
	syscall(SYS_getpgid, 424242);
	files();
	sockets();
	waits();
	processes();
	memory();
	syscall(SYS_getpgid, 424242);
	shmctl((int)segment, IPC_RMID, NULL);
	return 0;
}
