// The only code that calls PocketSphinx. The library is looked for when it is first needed, so that a build and a program
// that recognise no speech want none. Every function that can fail returns 0 on success and, on failure, another number and
// a message to be freed with cspeech_free.
#ifndef CSPEECH_H
#define CSPEECH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What cspeech_open returns where there is no library, or another version of it.
#define CSPEECH_NO_LIBRARY 2

typedef struct cspeech_recogniser cspeech_recogniser;

// A word that was heard. Its text stays until the recogniser is closed.
typedef struct {
    const char *text;
    // Hundredths of a second from the beginning: the first and the last.
    int first, last;
    // How likely it is, from 0 to 1.
    double confidence;
} cspeech_word;

void cspeech_free(void *memory);

// A recogniser with an acoustic model and without words, to be closed.
int cspeech_open(const char *acoustic_model, cspeech_recogniser **recogniser, char **message);
void cspeech_close(cspeech_recogniser *recogniser);

// Adds a word by its sounds, as a pronunciation dictionary writes them.
int cspeech_add_word(cspeech_recogniser *recogniser, const char *word, const char *sounds);

// Takes the text of a language model in ARPA's form, of words that were added.
int cspeech_use_language_model(
    cspeech_recogniser *recogniser, const char *text, size_t bytes, char **message);

// What is said in samples at 16 kHz: words in order, to be freed as one. Pauses and noises are among them, in angles or
// brackets.
int cspeech_hear(
    cspeech_recogniser *recogniser, const int16_t *samples, size_t count, cspeech_word **words,
    size_t *word_count, char **message);

#ifdef __cplusplus
}
#endif

#endif
