#include "support.h"

#include <string.h>
#include <zlib.h>

void cvips_free(void *memory) { g_free(memory); }

const char *cvips_version(void) { return vips_version_string(); }

int cvips_fail_with(char **message, const char *text) {
    if (message) *message = g_strdup(text);
    return 1;
}

int cvips_fail(char **message) {
    char *text = vips_error_buffer_copy();
    g_strstrip(text);
    for (char *at = text; *at; at++)
        if (*at == '\n') *at = ';';
    if (message) {
        *message = *text ? text : g_strdup("libvips gave no reason");
        if (*text == 0) g_free(text);
    } else {
        g_free(text);
    }
    return 1;
}

static void
ignore_log(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data) {
    (void)domain, (void)level, (void)message, (void)data;
}

int cvips_start(char **message) {
    static gsize state = 0;  // 1: failed, 2: started
    if (g_once_init_enter(&state)) {
        gsize result = 1;
        if (VIPS_INIT("atelier") == 0) {
            // Every caller names its loader; nothing else may be reached, even by mistake.
            vips_operation_block_set("VipsForeignLoad", TRUE);
            vips_operation_block_set("VipsForeignLoadPng", FALSE);
            vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
            vips_operation_block_set("VipsForeignLoadWebp", FALSE);
            vips_operation_block_set("VipsForeignLoadTiff", FALSE);
            vips_operation_block_set("VipsForeignLoadNsgif", FALSE);
            vips_operation_block_set("VipsForeignLoadHeif", FALSE);
            vips_operation_block_set("VipsForeignLoadJxl", FALSE);
            // For bitmaps; the older library's name, and the newer one's.
            vips_operation_block_set("VipsForeignLoadMagick", FALSE);
            vips_operation_block_set("VipsForeignLoadMagick7", FALSE);
            vips_operation_block_set("VipsForeignLoadSvg", FALSE);
            vips_operation_block_set("VipsForeignLoadPdf", FALSE);
            vips_cache_set_max(0);
            vips_concurrency_set(1);
            g_log_set_handler(
                "VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_MESSAGE, ignore_log,
                NULL);
            result = 2;
        }
        g_once_init_leave(&state, result);
    }
    return state == 2 ? 0 : cvips_fail(message);
}

void cvips_set_concurrency(int threads) { vips_concurrency_set(threads); }

int cvips_concurrency(void) { return vips_concurrency_get(); }

size_t cvips_held_bytes(void) { return vips_tracked_get_mem(); }

int cvips_held_blocks(void) { return vips_tracked_get_allocs(); }

static VipsInterpretation interpretation(int bands, int bytes_per_sample) {
    if (bands < 3)
        return bytes_per_sample == 2 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;
    return bytes_per_sample == 2 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
}

VipsImage *cvips_wrap(const cvips_pixels *pixels) {
    VipsBandFormat format = pixels->bytes_per_sample == 2 ? VIPS_FORMAT_USHORT
                                                          : VIPS_FORMAT_UCHAR;
    VipsImage *raw = vips_image_new_from_memory(
        pixels->data, pixels->bytes, pixels->width, pixels->height, pixels->bands, format);
    if (!raw) return NULL;
    VipsImage *image = NULL;
    int status = vips_copy(
        raw, &image, "interpretation", interpretation(pixels->bands, pixels->bytes_per_sample),
        NULL);
    g_object_unref(raw);
    return status ? NULL : image;
}

int cvips_unwrap(VipsImage *image, cvips_pixels *pixels, char **message) {
    if (image->BandFmt != VIPS_FORMAT_UCHAR && image->BandFmt != VIPS_FORMAT_USHORT)
        return cvips_fail_with(message, "samples are neither 8 nor 16 bits");
    if (image->Bands < 1 || image->Bands > 4)
        return cvips_fail_with(message, "not 1 to 4 channels");
    size_t bytes = 0;
    void *data = vips_image_write_to_memory(image, &bytes);
    if (!data) return cvips_fail(message);
    pixels->data = data;
    pixels->bytes = bytes;
    pixels->width = image->Xsize;
    pixels->height = image->Ysize;
    pixels->bands = image->Bands;
    pixels->bytes_per_sample = image->BandFmt == VIPS_FORMAT_USHORT ? 2 : 1;
    return 0;
}

uint32_t cvips_crc(uint32_t crc, const void *data, size_t length) {
    const Bytef *at = data;
    while (length > 0) {
        uInt part = length > (1u << 30) ? (1u << 30) : (uInt)length;
        crc = (uint32_t)crc32(crc, at, part);
        at += part;
        length -= part;
    }
    return crc;
}

int cvips_inflate(
    const void *data, size_t length, void *output, size_t capacity, size_t *produced,
    char **message) {
    if (length > UINT32_MAX || capacity > UINT32_MAX)
        return cvips_fail_with(message, "more than 4 GiB");
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit(&stream) != Z_OK) return cvips_fail_with(message, "zlib does not start");
    stream.next_in = (Bytef *)data;
    stream.avail_in = (uInt)length;
    stream.next_out = output;
    stream.avail_out = (uInt)capacity;
    int status = inflate(&stream, Z_FINISH);
    *produced = capacity - stream.avail_out;
    int full = stream.avail_out == 0;
    inflateEnd(&stream);
    if (status == Z_STREAM_END) return 0;
    return cvips_fail_with(
        message, full ? "inflates to more than is allowed" : "the compressed data is damaged");
}
