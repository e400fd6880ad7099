// The only code that sees libvips: plain C over plain buffers. Every function that can fail
// returns 0 on success and, on failure, 1 and a message to be freed with cvips_free.
#ifndef CVIPS_H
#define CVIPS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    CVIPS_PNG = 0,
    CVIPS_JPEG = 1,
    CVIPS_WEBP = 2,
    CVIPS_TIFF = 3,
    CVIPS_GIF = 4,
    CVIPS_HEIF = 5,
    CVIPS_JXL = 6,
    CVIPS_BMP = 7
};

enum { CVIPS_SVG = 0, CVIPS_PDF = 1 };

enum { CVIPS_LINEAR = 0, CVIPS_CUBIC = 1, CVIPS_LANCZOS = 2 };

// Interleaved samples, rows top to bottom, 1 to 4 bands, 1 or 2 bytes a sample.
typedef struct {
    void *data;
    size_t bytes;
    int width;
    int height;
    int bands;
    int bytes_per_sample;
} cvips_pixels;

// What a file's header says, before any pixel is decoded. Width and height as stored.
typedef struct {
    int width;
    int height;
    int bands;
    int bytes_per_sample;  // 1 or 2; 0: a sample type that is not supported
    int orientation;       // EXIF, 1 to 8
    int pages;
    int cmyk;
    int has_profile;
} cvips_header;

typedef struct {
    int format;
    int quality;      // JPEG, WebP: 1 to 100
    int lossless;     // WebP
    int compression;  // PNG: 0 to 9
    const char *xmp;  // JPEG, WebP, TIFF; may be NULL
} cvips_encoding;

void cvips_free(void *memory);
const char *cvips_version(void);
int cvips_start(char **message);
void cvips_set_concurrency(int threads);
int cvips_concurrency(void);
// Bytes and blocks that libvips holds now.
size_t cvips_held_bytes(void);
int cvips_held_blocks(void);

// 1 where this libvips has what it needs for a format, after cvips_start.
int cvips_can_read(int format);
int cvips_read_header(
    const void *data, size_t length, int format, cvips_header *header, char **message);
// The XMP packet of a file, NULL where there is none.
int cvips_read_xmp(
    const void *data, size_t length, int format, void **xmp, size_t *xmp_length, char **message);
// The Exif block of a file, NULL where there is none.
int cvips_read_exif(
    const void *data, size_t length, int format, void **exif, size_t *exif_length,
    char **message);
int cvips_decode(
    const void *data, size_t length, int format, int strict, cvips_pixels *pixels,
    char **message);
int cvips_encode(
    const cvips_pixels *pixels, const cvips_encoding *encoding, void **data, size_t *length,
    char **message);
int cvips_resize(
    const cvips_pixels *pixels, int width, int height, int kernel, cvips_pixels *resized,
    char **message);
// Pango markup to RGBA, cropped to the ink; at 72 dots an inch a point is a pixel. `file` is a font
// file to be used beside the installed ones, or NULL.
int cvips_text(
    const char *markup, const char *font, const char *file, cvips_pixels *pixels, char **message);
// A drawing made of shapes, at the size where its longer side has so many pixels; RGBA on nothing.
// `page` counts from 0; SVG has one page.
int cvips_render(
    const void *data, size_t length, int kind, int page, int side, cvips_pixels *pixels,
    char **message);

uint32_t cvips_crc(uint32_t crc, const void *data, size_t length);
// Inflates a zlib stream into at most `capacity` bytes; more than that is an error.
int cvips_inflate(
    const void *data, size_t length, void *output, size_t capacity, size_t *produced,
    char **message);

#ifdef __cplusplus
}
#endif
#endif
