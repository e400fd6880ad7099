// The functions of PocketSphinx (0.8+5prealpha, as Debian has it) that are called, as its public documentation declares them.
#ifndef CSPEECH_LIBRARY_H
#define CSPEECH_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const void *(*ps_args)(void);
    void *(*cmd_ln_parse_r)(
        void *config, const void *options, int32_t count, char **values, int32_t is_strict);
    int (*cmd_ln_free_r)(void *config);
    void *(*ps_init)(void *config);
    int (*ps_free)(void *decoder);
    int (*ps_add_word)(void *decoder, const char *word, const char *phones, int update);
    int (*ps_set_lm_file)(void *decoder, const char *name, const char *path);
    int (*ps_set_search)(void *decoder, const char *name);
    int (*ps_start_stream)(void *decoder);
    int (*ps_start_utt)(void *decoder);
    int (*ps_process_raw)(
        void *decoder, const int16_t *samples, size_t count, int no_search, int is_whole);
    int (*ps_end_utt)(void *decoder);
    void *(*ps_seg_iter)(void *decoder);
    void *(*ps_seg_next)(void *segment);
    void (*ps_seg_free)(void *segment);
    const char *(*ps_seg_word)(void *segment);
    void (*ps_seg_frames)(void *segment, int *first, int *last);
    int32_t (*ps_seg_prob)(void *segment, int32_t *acoustic, int32_t *language, int32_t *backoff);
    void *(*ps_get_logmath)(void *decoder);
    double (*logmath_exp)(void *logarithms, int value);
    void (*err_set_logfp)(void *file);
    void (*err_set_callback)(
        void (*callback)(void *user, int level, const char *format, ...), void *user);
} cspeech_library;

// The library, loaded at the first call; nothing where it is not there, with a message to be freed.
const cspeech_library *cspeech_find_library(char **message);

// What the library complained of last, in one line; empty where it did not.
const char *cspeech_complaint(void);
void cspeech_forget_complaint(void);

#endif
