// The only code that sees SentencePiece: plain C over plain buffers. Every function that can fail
// returns 0 on success and, on failure, 1 and a message to be freed with csentencepiece_free.
#ifndef CSENTENCEPIECE_H
#define CSENTENCEPIECE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csentencepiece_model csentencepiece_model;

void csentencepiece_free(void *memory);

// Finds the pieces of texts, `pieces` of them, and writes a model of them: bytes to be freed.
int csentencepiece_train(
    const char *const *texts, size_t count, int pieces, uint8_t **model, size_t *bytes,
    char **message);

// A model from its bytes, to be closed.
int csentencepiece_open(
    const uint8_t *bytes, size_t count, csentencepiece_model **model, char **message);
void csentencepiece_close(csentencepiece_model *model);

int csentencepiece_piece_count(const csentencepiece_model *model);

// The number that stands for what no piece covers.
int csentencepiece_unknown(const csentencepiece_model *model);

// The numbers of a text's pieces, to be freed.
int csentencepiece_encode(
    const csentencepiece_model *model, const char *text, size_t bytes, int32_t **pieces,
    size_t *count, char **message);

#ifdef __cplusplus
}
#endif

#endif
