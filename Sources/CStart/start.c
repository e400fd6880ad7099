// What happens before any library begins: known answers are given at once.

#include "cstart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[4096];

const char *cstart_answer_path(void) { return path; }

#ifdef __linux__

/// Bytes that a kept answer may have.
enum { most = 1 << 20 };

static uint64_t mixed(uint64_t hash, const void *bytes, size_t count) {
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
    return hash;
}

static uint64_t mixed_text(uint64_t hash, const char *text) {
    return text ? mixed(hash, text, strlen(text) + 1) : mixed(hash, "\xff", 1);
}

/// A variable of the environment; the system's own way to it may not be there yet.
static const char *variable(char **environment, const char *name) {
    size_t length = strlen(name);
    for (; environment && *environment; environment++)
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return *environment + length + 1;
    return NULL;
}

/// Whether the words ask for help or the version, or for nothing at all.
static int is_question(int count, char **words) {
    if (count == 1) return 1;
    if (strcmp(words[1], "help") == 0) return 1;
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--") == 0) return 0;
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) return 1;
    }
    return count == 2 && strcmp(words[1], "--version") == 0;
}

/// The file of the answer: named after the program, its words, and the width that text is set in.
static void find_path(int count, char **words, char **environment) {
    struct stat program;
    if (stat("/proc/self/exe", &program) != 0) return;
    uint64_t hash = 0xcbf29ce484222325;
    hash = mixed(hash, &program.st_dev, sizeof program.st_dev);
    hash = mixed(hash, &program.st_ino, sizeof program.st_ino);
    hash = mixed(hash, &program.st_size, sizeof program.st_size);
    hash = mixed(hash, &program.st_mtim, sizeof program.st_mtim);
    for (int i = 1; i < count; i++) hash = mixed_text(hash, words[i]);
    hash = mixed_text(hash, variable(environment, "COLUMNS"));
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) size.ws_col = 0;
    hash = mixed(hash, &size.ws_col, sizeof size.ws_col);
    const char *own = variable(environment, "ATELIER_CACHE");
    const char *cache = variable(environment, "XDG_CACHE_HOME");
    const char *home = variable(environment, "HOME");
    const char *between = "";
    if (!own || !own[0]) {
        int isCache = cache && cache[0] == '/';
        own = isCache ? cache : home;
        between = isCache ? "/atelier" : "/.cache/atelier";
        if (!own || own[0] != '/') return;
    }
    int length = snprintf(
        path, sizeof path, "%s%s/answers/%016llx", own, between, (unsigned long long)hash);
    if (length < 0 || (size_t)length >= sizeof path) path[0] = 0;
}

/// Writes a kept answer and ends; comes back where there is none, or nobody takes it.
static void give(void) {
    static char text[most];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return;
    struct stat about;
    // Others' words are not given.
    int isOurs = fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid();
    ssize_t count = isOurs && about.st_size <= most ? read(file, text, most) : -1;
    close(file);
    if (count <= 0 || count != about.st_size) return;
    // Whoever reads may have left: the program itself says then what that means.
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    ssize_t done = 0;
    while (done < count) {
        ssize_t now = write(STDOUT_FILENO, text + done, (size_t)(count - done));
        if (now < 0 && errno == EINTR) continue;
        if (now <= 0) break;
        done += now;
    }
    if (done == count) _exit(0);
    signal(SIGPIPE, before);
    if (done > 0) _exit(1);
}

static void start(int count, char **words, char **environment) {
    if (count < 1 || !is_question(count, words)) return;
    find_path(count, words, environment);
    if (path[0]) give();
}

// Runs before the libraries' own beginnings, which register thousands of operators.
__attribute__((section(".preinit_array"), used)) static void (*const preinit)(
    int, char **, char **) = start;

#endif
