#define _GNU_SOURCE
#include "cspeech.h"
#include "library.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

struct cspeech_recogniser {
    const cspeech_library *library;
    void *config;
    void *decoder;
};

void cspeech_free(void *memory) { free(memory); }

// A message of a failure with what the library said last.
static int failed(char **message, const char *what) {
    const char *why = cspeech_complaint();
    char text[1024];
    snprintf(text, sizeof text, why[0] != 0 ? "%s (%s)" : "%s", what, why);
    *message = strdup(text);
    return 1;
}

int cspeech_open(const char *acoustic_model, cspeech_recogniser **recogniser, char **message) {
    const cspeech_library *library = cspeech_find_library(message);
    if (library == NULL) return CSPEECH_NO_LIBRARY;
    cspeech_forget_complaint();
    cspeech_recogniser *made = calloc(1, sizeof *made);
    if (made == NULL) return failed(message, "there is no memory for a recogniser");
    made->library = library;
    // It tells its settings otherwise; each thread has a file of its own for that.
    library->err_set_logfp(NULL);
    // Pauses are kept, so that times are those of the recording.
    const char *values[] = {"-hmm", acoustic_model, "-remove_silence", "no"};
    made->config = library->cmd_ln_parse_r(
        NULL, library->ps_args(), sizeof values / sizeof *values, (char **)values, 1);
    if (made->config != NULL) made->decoder = library->ps_init(made->config);
    if (made->decoder == NULL) {
        int status = failed(message, "PocketSphinx does not read the acoustic model");
        cspeech_close(made);
        return status;
    }
    *recogniser = made;
    return 0;
}

void cspeech_close(cspeech_recogniser *recogniser) {
    if (recogniser == NULL) return;
    if (recogniser->decoder != NULL) recogniser->library->ps_free(recogniser->decoder);
    if (recogniser->config != NULL) recogniser->library->cmd_ln_free_r(recogniser->config);
    free(recogniser);
}

int cspeech_add_word(cspeech_recogniser *recogniser, const char *word, const char *sounds) {
    return recogniser->library->ps_add_word(recogniser->decoder, word, sounds, 0) < 0;
}

// A file of these bytes that has no name in any folder where the system knows such files; its path while it is open.
static int nameless_file(const char *text, size_t bytes, char *path, size_t room) {
#ifdef __linux__
    int file = memfd_create("words", MFD_CLOEXEC);
    if (file >= 0) snprintf(path, room, "/proc/self/fd/%d", file);
#else
    const char *folder = getenv("TMPDIR");
    snprintf(path, room, "%s/atelier-words-XXXXXX", folder != NULL ? folder : "/tmp");
    int file = mkstemp(path);
#endif
    for (size_t done = 0; file >= 0 && done < bytes;) {
        ssize_t count = write(file, text + done, bytes - done);
        if (count > 0) {
            done += (size_t)count;
            continue;
        }
        close(file);
        file = -1;
    }
    return file;
}

int cspeech_use_language_model(
    cspeech_recogniser *recogniser, const char *text, size_t bytes, char **message) {
    cspeech_forget_complaint();
    char path[1024];
    int file = nameless_file(text, bytes, path, sizeof path);
    if (file < 0) return failed(message, "there is no room for a language model");
    const cspeech_library *library = recogniser->library;
    int status = library->ps_set_lm_file(recogniser->decoder, "words", path);
    if (status == 0) status = library->ps_set_search(recogniser->decoder, "words");
    close(file);
#ifndef __linux__
    unlink(path);
#endif
    return status == 0 ? 0 : failed(message, "PocketSphinx does not take the language model");
}

int cspeech_hear(
    cspeech_recogniser *recogniser, const int16_t *samples, size_t count, cspeech_word **words,
    size_t *word_count, char **message) {
    cspeech_forget_complaint();
    const cspeech_library *library = recogniser->library;
    void *decoder = recogniser->decoder;
    // What was heard before is forgotten, so that the same sound is always the same text.
    if (library->ps_start_stream(decoder) < 0 || library->ps_start_utt(decoder) < 0)
        return failed(message, "PocketSphinx does not begin to listen");
    int heard = library->ps_process_raw(decoder, samples, count, 0, 1);
    if (library->ps_end_utt(decoder) < 0 || heard < 0)
        return failed(message, "PocketSphinx does not follow the sound");
    size_t room = 64, found = 0;
    cspeech_word *list = malloc(room * sizeof *list);
    void *logarithms = library->ps_get_logmath(decoder);
    void *segment = library->ps_seg_iter(decoder);
    for (; list != NULL && segment != NULL; segment = library->ps_seg_next(segment)) {
        if (found == room) {
            room *= 2;
            cspeech_word *larger = realloc(list, room * sizeof *list);
            if (larger == NULL) free(list);
            list = larger;
            if (list == NULL) break;
        }
        cspeech_word *word = &list[found++];
        word->text = library->ps_seg_word(segment);
        library->ps_seg_frames(segment, &word->first, &word->last);
        int32_t acoustic, language, backoff;
        int likelihood = library->ps_seg_prob(segment, &acoustic, &language, &backoff);
        word->confidence = library->logmath_exp(logarithms, likelihood);
    }
    if (list == NULL) {
        if (segment != NULL) library->ps_seg_free(segment);
        return failed(message, "there is no memory for the words");
    }
    *words = list;
    *word_count = found;
    return 0;
}
