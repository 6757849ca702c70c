/* Stands between a program and the C library, for tests: counts the calls by which anything becomes durable here or at a
 * server, and at the n-th of the chosen sorts kills the process or fails the call. Calls on files under one root and on
 * internet sockets count, no others, so that a count means the same in every run. It can note every change under the
 * root in a log, for the simulation of a power cut. Armed for one process by its id: what that one starts is left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, CREATE = 2, WRITE = 4, TRUNCATE = 8, SYNC = 16, NAME = 32, FOLDER = 64, READ = 128, CLOSE = 256,
       DESCRIPTOR = 512, CONNECT = 1024, SEND = 2048, RECEIVE = 4096 };
enum { NOTHING, KILL, FAIL, SHORT };
enum { OURS = 1, JOURNAL = 2, LINE = 4 }; /* what a descriptor is: a file under the root, a -wal there, a socket */
enum { MOST = 4096, LONGEST = 4096 };

/* Shared with the process that armed us; tests/faults/shim.py has the same fields in the same order. */
struct control {
    int32_t pid, action, error, lasting, sorts, at, count, fired, letter, doubtful, log, where;
    int32_t seen[16];
    char root[1024];
};

struct note { int32_t what, descriptor; int64_t at, length; int32_t first, second; };

static struct control none, *control = &none;
static unsigned char is[MOST];

void shim_use(struct control *shared) { control = shared; memset(is, 0, sizeof is); }

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int armed(void) { return control->pid && control->pid == getpid(); }
static int kind(int fd) { return fd >= 0 && fd < MOST ? is[fd] : 0; }
static void becomes(int fd, int what) { if (armed() && fd >= 0 && fd < MOST) is[fd] = what; }

static int ours(int folder, const char *path, char *whole) {
    size_t length = strlen(control->root);
    if (!armed() || !path) return 0;
    whole[0] = 0;
    if (path[0] != '/') {
        char link[64];
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
        ssize_t got = readlink(link, whole, LONGEST - 2);
        if (got < 0) return 0;
        whole[got] = '/'; whole[got + 1] = 0;
    }
    strncat(whole, path, LONGEST - strlen(whole) - 1);
    return strncmp(whole, control->root, length) == 0 && (whole[length] == '/' || !whole[length]);
}

/* Pass one call: 0 lets it happen, 1 fails it (errno is set), 2 lets half of it happen. */
static int passes(int sort) {
    if (!armed()) return 0;
    control->seen[__builtin_ctz(sort)]++;
    if (!(control->sorts & sort) || !control->action) return 0;
    int32_t count = ++control->count;
    if (count < control->at || (count > control->at && !control->lasting)) return 0;
    control->fired++;
    control->where = sort;
    if (control->action != KILL && control->letter) { /* whatever fails now, the records may never learn of the letter */
        control->doubtful++;
        control->letter = 0;
    }
    if (control->action == KILL) for (;;) kill(getpid(), SIGKILL);
    if (control->action == SHORT) return 2;
    errno = control->error;
    return 1;
}

static void note(int what, int fd, int64_t at, int64_t length, const void *data, const char *one, const char *other) {
    if (!armed() || control->log < 0) return;
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    int before = errno;
    struct note head = {what, fd, at, length, one ? (int32_t)strlen(one) : 0, other ? (int32_t)strlen(other) : 0};
    struct iovec parts[4] = {{&head, sizeof head}, {(void *)one, (size_t)head.first}, {(void *)other, (size_t)head.second},
                             {(void *)data, data ? (size_t)length : 0}};
    if (real(control->log, parts, 4) < 0) _exit(99);
    errno = before;
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    REAL(int, "openat", int, const char *, int, ...);
    char whole[LONGEST];
    struct stat found;
    int mine = ours(folder, path, whole), made = mine && (flags & O_CREAT) && lstat(whole, &found) != 0;
    if (mine && passes(made ? CREATE : OPEN) == 1) return -1;
    int fd = real(folder, path, flags, mode);
    if (fd < 0) return fd;
    size_t length = mine ? strlen(whole) : 0;
    becomes(fd, mine ? OURS | (length > 4 && !strcmp(whole + length - 4, "-wal") ? JOURNAL : 0) : 0);
    if (mine) note(made ? CREATE : OPEN, fd, !!(flags & O_TRUNC), 0, 0, whole, 0);
    return fd;
}

#define MODE mode_t mode = 0; if (flags & O_CREAT) { va_list more; va_start(more, flags); mode = va_arg(more, int); va_end(more); }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }

int close(int fd) {
    REAL(int, "close", int);
    int mine = kind(fd) & OURS;
    becomes(fd, 0);
    if (mine && passes(CLOSE) == 1) { int why = errno; real(fd); errno = why; return -1; }
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!(kind(fd) & OURS)) return real(fd, data, length);
    int how = passes(WRITE);
    if (how == 1) return -1;
    ssize_t done = real(fd, data, how == 2 && length > 1 ? length / 2 : length);
    if (done > 0) note(WRITE, fd, lseek(fd, 0, SEEK_CUR) - done, done, data, 0, 0);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (!(kind(fd) & OURS)) return real(fd, data, length, at);
    int how = passes(WRITE);
    if (how == 1) return -1;
    ssize_t done = real(fd, data, how == 2 && length > 1 ? length / 2 : length, at);
    if (done > 0) note(WRITE, fd, at, done, data, 0, 0);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }

int ftruncate64(int fd, off64_t length) {
    REAL(int, "ftruncate64", int, off64_t);
    if (!(kind(fd) & OURS)) return real(fd, length);
    if (passes(TRUNCATE) == 1) return -1;
    int done = real(fd, length);
    if (!done) note(TRUNCATE, fd, length, 0, 0, 0, 0);
    return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/* Nothing goes to a disk: a kill leaves what the system has in memory, and the power cut is made from the log. */
static int synced(int fd) {
    if (passes(SYNC) == 1) return -1;
    note(SYNC, fd, 0, 0, 0, 0, 0);
    if ((kind(fd) & JOURNAL) && control->letter) { /* a commit: the records know of the letter, or that they do not */
        control->doubtful += control->letter == 1;
        control->letter = 0;
    }
    return 0;
}
int fsync(int fd) { REAL(int, "fsync", int); return kind(fd) & OURS ? synced(fd) : real(fd); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); return kind(fd) & OURS ? synced(fd) : real(fd); }

ssize_t read(int fd, void *data, size_t length) {
    REAL(ssize_t, "read", int, void *, size_t);
    return (kind(fd) & OURS) && passes(READ) == 1 ? -1 : real(fd, data, length);
}
ssize_t pread64(int fd, void *data, size_t length, off64_t at) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    return (kind(fd) & OURS) && passes(READ) == 1 ? -1 : real(fd, data, length, at);
}
ssize_t pread(int fd, void *data, size_t length, off_t at) { return pread64(fd, data, length, at); }

#define NAMED(sort, what, from, path, second, call) \
    char one[LONGEST], two[LONGEST] = ""; \
    int mine = ours(from, path, one); \
    second; \
    if (mine && passes(sort) == 1) return -1; \
    int done = call; \
    if (mine && !done) note(sort, what, 0, 0, 0, one, two); \
    return done
enum { RENAMED, LINKED, REMOVED };

int renameat(int from, const char *a, int to, const char *b) {
    REAL(int, "renameat", int, const char *, int, const char *);
    NAMED(NAME, RENAMED, from, a, ours(to, b, two), real(from, a, to, b));
}
int rename(const char *a, const char *b) { return renameat(AT_FDCWD, a, AT_FDCWD, b); }
int linkat(int from, const char *a, int to, const char *b, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    NAMED(NAME, LINKED, from, a, ours(to, b, two), real(from, a, to, b, flags));
}
int link(const char *a, const char *b) { return linkat(AT_FDCWD, a, AT_FDCWD, b, 0); }
int unlinkat(int folder, const char *a, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    NAMED(NAME, REMOVED, folder, a, , real(folder, a, flags));
}
int unlink(const char *a) { return unlinkat(AT_FDCWD, a, 0); }
int mkdirat(int folder, const char *a, mode_t mode) {
    REAL(int, "mkdirat", int, const char *, mode_t);
    NAMED(FOLDER, 0, folder, a, , real(folder, a, mode));
}
int mkdir(const char *a, mode_t mode) { return mkdirat(AT_FDCWD, a, mode); }

int socket(int family, int type, int protocol) {
    REAL(int, "socket", int, int, int);
    if (passes(DESCRIPTOR) == 1) return -1;
    int fd = real(family, type, protocol);
    becomes(fd, family == AF_INET || family == AF_INET6 ? LINE : 0);
    return fd;
}
int socketpair(int family, int type, int protocol, int pair[2]) {
    REAL(int, "socketpair", int, int, int, int *);
    return passes(DESCRIPTOR) == 1 ? -1 : real(family, type, protocol, pair);
}
int pipe2(int pair[2], int flags) {
    REAL(int, "pipe2", int *, int);
    return passes(DESCRIPTOR) == 1 ? -1 : real(pair, flags);
}
int connect(int fd, const struct sockaddr *address, socklen_t length) {
    REAL(int, "connect", int, const struct sockaddr *, socklen_t);
    return (kind(fd) & LINE) && passes(CONNECT) == 1 ? -1 : real(fd, address, length);
}

/* A letter's last bytes have gone (1), the server has answered them (2). */
ssize_t send(int fd, const void *data, size_t length, int flags) {
    REAL(ssize_t, "send", int, const void *, size_t, int);
    if (!(kind(fd) & LINE)) return real(fd, data, length, flags);
    if (passes(SEND) == 1) return -1;
    ssize_t done = real(fd, data, length, flags);
    if (done == (ssize_t)length && length > 4 && !memcmp((const char *)data + length - 5, "\r\n.\r\n", 5)) {
        control->doubtful += control->letter != 0;
        control->letter = 1;
    }
    return done;
}
ssize_t recv(int fd, void *data, size_t length, int flags) {
    REAL(ssize_t, "recv", int, void *, size_t, int);
    if (!(kind(fd) & LINE)) return real(fd, data, length, flags);
    if (passes(RECEIVE) == 1) return -1;
    ssize_t done = real(fd, data, length, flags);
    if (done > 0 && control->letter == 1) control->letter = 2;
    return done;
}
