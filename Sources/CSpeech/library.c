#define _GNU_SOURCE
#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// Levels of messages, of err.h.
enum { level_error = 4, level_fatal = 5 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static cspeech_library library;
static int is_there = 0;
static char missing[512];
static _Thread_local char complaint[512];

const char *cspeech_complaint(void) { return complaint; }
void cspeech_forget_complaint(void) { complaint[0] = 0; }

// Keeps what the library complains of; what ends the process is said before it does.
static void listen(void *user, int level, const char *format, ...) {
    (void)user;
    if (level < level_error) return;
    va_list values;
    va_start(values, format);
    vsnprintf(complaint, sizeof complaint, format, values);
    va_end(values);
    for (char *end = complaint + strlen(complaint); end > complaint && end[-1] == '\n';)
        *--end = 0;
    // A message begins with its level and the line of the library's source.
    char *text = strstr(complaint, ", line ");
    text = text != NULL ? strstr(text, ": ") : NULL;
    if (text != NULL) memmove(complaint, text + 2, strlen(text + 2) + 1);
    if (level == level_fatal)
        fprintf(stderr, "Error: PocketSphinx cannot go on: %s\n", complaint);
}

static void *opened(void) {
    const char *const names[] = {
        "libpocketsphinx.so.3", "libpocketsphinx.3.dylib", "libpocketsphinx.so",
        "libpocketsphinx.dylib"};
    for (size_t place = 0; place < sizeof names / sizeof *names; ++place) {
        void *handle = dlopen(names[place], RTLD_NOW | RTLD_LOCAL);
        if (handle != NULL) return handle;
    }
    return NULL;
}

static void load(void) {
    void *handle = opened();
    if (handle == NULL) {
        snprintf(
            missing, sizeof missing, "PocketSphinx, which recognises speech, is not installed");
        return;
    }
    const struct {
        const char *name;
        void *place;
    } functions[] = {
        {"ps_args", &library.ps_args},
        {"cmd_ln_parse_r", &library.cmd_ln_parse_r},
        {"cmd_ln_free_r", &library.cmd_ln_free_r},
        {"ps_init", &library.ps_init},
        {"ps_free", &library.ps_free},
        {"ps_add_word", &library.ps_add_word},
        {"ps_set_lm_file", &library.ps_set_lm_file},
        {"ps_set_search", &library.ps_set_search},
        {"ps_start_stream", &library.ps_start_stream},
        {"ps_start_utt", &library.ps_start_utt},
        {"ps_process_raw", &library.ps_process_raw},
        {"ps_end_utt", &library.ps_end_utt},
        {"ps_seg_iter", &library.ps_seg_iter},
        {"ps_seg_next", &library.ps_seg_next},
        {"ps_seg_free", &library.ps_seg_free},
        {"ps_seg_word", &library.ps_seg_word},
        {"ps_seg_frames", &library.ps_seg_frames},
        {"ps_seg_prob", &library.ps_seg_prob},
        {"ps_get_logmath", &library.ps_get_logmath},
        {"logmath_exp", &library.logmath_exp},
        {"err_set_logfp", &library.err_set_logfp},
        {"err_set_callback", &library.err_set_callback},
    };
    for (size_t place = 0; place < sizeof functions / sizeof *functions; ++place) {
        void *function = dlsym(handle, functions[place].name);
        if (function == NULL) {
            snprintf(
                missing, sizeof missing,
                "the PocketSphinx that is installed has no function %s: it is another version "
                "than "
                "0.8+5prealpha",
                functions[place].name);
            return;
        }
        memcpy(functions[place].place, &function, sizeof function);
    }
    library.err_set_callback(listen, NULL);
    is_there = 1;
}

const cspeech_library *cspeech_find_library(char **message) {
    pthread_once(&once, load);
    if (is_there) return &library;
    *message = strdup(missing);
    return NULL;
}
