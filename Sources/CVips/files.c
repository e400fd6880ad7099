#include "support.h"

#include <string.h>

int cvips_can_read(int format) {
    // Loaders that are modules of their own in many packages of libvips.
    const char *loader = format == CVIPS_HEIF  ? "heifload_buffer"
                         : format == CVIPS_JXL ? "jxlload_buffer"
                         : format == CVIPS_BMP ? "magickload_buffer"
                                               : NULL;
    return loader == NULL || vips_type_find("VipsOperation", loader) != 0;
}

// Calls the one loader of the format; never libvips' own guess. Reads the header only.
static int
load(const void *data, size_t length, int format, VipsFailOn fail_on, VipsImage **out) {
    void *buffer = (void *)data;
    switch (format) {
    case CVIPS_PNG:
        return vips_pngload_buffer(
            buffer, length, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, NULL);
    case CVIPS_JPEG:
        return vips_jpegload_buffer(
            buffer, length, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, NULL);
    case CVIPS_WEBP:
        return vips_webpload_buffer(
            buffer, length, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "n", 1,
            NULL);
    case CVIPS_TIFF:
        return vips_tiffload_buffer(
            buffer, length, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "n", 1,
            NULL);
    case CVIPS_GIF:
        return vips_gifload_buffer(
            buffer, length, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "n", 1,
            NULL);
    case CVIPS_HEIF: return vips_heifload_buffer(buffer, length, out, "fail_on", fail_on, NULL);
    case CVIPS_JXL: return vips_jxlload_buffer(buffer, length, out, "fail_on", fail_on, NULL);
    case CVIPS_BMP: return vips_magickload_buffer(buffer, length, out, "fail_on", fail_on, NULL);
    default: vips_error("cvips", "no loader for format %d", format); return -1;
    }
}

int cvips_read_header(
    const void *data, size_t length, int format, cvips_header *header, char **message) {
    vips_error_clear();
    VipsImage *image = NULL;
    if (load(data, length, format, VIPS_FAIL_ON_NONE, &image)) {
        int status = cvips_fail(message);
        vips_error_clear();
        return status;
    }
    header->width = image->Xsize;
    header->height = image->Ysize;
    // Packed CIELAB holds three channels in four bytes.
    header->bands = image->Coding == VIPS_CODING_LABQ ? 3 : image->Bands;
    header->bytes_per_sample = image->BandFmt == VIPS_FORMAT_UCHAR    ? 1
                               : image->BandFmt == VIPS_FORMAT_USHORT ? 2
                                                                      : 0;
    header->orientation = vips_image_get_orientation(image);
    header->pages = vips_image_get_n_pages(image);
    header->cmyk = vips_image_guess_interpretation(image) == VIPS_INTERPRETATION_CMYK;
    header->has_profile = vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0;
    g_object_unref(image);
    vips_error_clear();
    return 0;
}

static int read_blob(
    const void *data, size_t length, int format, const char *name, void **xmp, size_t *xmp_length,
    char **message) {
    vips_error_clear();
    *xmp = NULL;
    *xmp_length = 0;
    VipsImage *image = NULL;
    if (load(data, length, format, VIPS_FAIL_ON_NONE, &image)) {
        int status = cvips_fail(message);
        vips_error_clear();
        return status;
    }
    const void *blob = NULL;
    size_t size = 0;
    if (vips_image_get_typeof(image, name) != 0
        && vips_image_get_blob(image, name, &blob, &size) == 0 && size > 0) {
        *xmp = g_memdup2(blob, size);
        *xmp_length = size;
    }
    g_object_unref(image);
    vips_error_clear();
    return 0;
}

int cvips_read_xmp(
    const void *data, size_t length, int format, void **xmp, size_t *xmp_length, char **message) {
    return read_blob(data, length, format, VIPS_META_XMP_NAME, xmp, xmp_length, message);
}

int cvips_read_exif(
    const void *data, size_t length, int format, void **exif, size_t *exif_length,
    char **message) {
    return read_blob(data, length, format, VIPS_META_EXIF_NAME, exif, exif_length, message);
}

// True where the embedded profile says that it is sRGB, in ASCII or in UTF-16.
static int profile_is_srgb(VipsImage *image) {
    static const char wide[] = "\0s\0R\0G\0B";
    const void *blob = NULL;
    size_t size = 0;
    if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &blob, &size)) return 0;
    for (size_t i = 0; i + 8 <= size; i++) {
        const char *at = (const char *)blob + i;
        if (memcmp(at, "sRGB", 4) == 0 || memcmp(at, wide, 8) == 0) return 1;
    }
    return 0;
}

// Brings any colour space to sRGB or grey; takes over the reference to the image.
static int to_srgb(VipsImage *image, VipsImage **out) {
    VipsInterpretation space = vips_image_guess_interpretation(image);
    int profile = vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0;
    int sixteen = image->BandFmt == VIPS_FORMAT_USHORT;
    int status = 0;
    *out = NULL;
    switch (space) {
    case VIPS_INTERPRETATION_CMYK:
        status = vips_icc_transform(
            image, out, "srgb", "embedded", TRUE, "input_profile", "cmyk", "intent",
            VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, "depth", sixteen ? 16 : 8,
            NULL);
        if (status) {
            vips_error_clear();
            status = vips_colourspace(image, out, VIPS_INTERPRETATION_sRGB, NULL);
        }
        break;
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB16:
    case VIPS_INTERPRETATION_RGB:
        if (profile && !profile_is_srgb(image)
            && vips_icc_transform(
                image, out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE,
                "black_point_compensation", TRUE, "depth", sixteen ? 16 : 8, NULL)) {
            vips_error_clear();  // a broken profile: the samples as they are
            *out = NULL;
        }
        break;
    case VIPS_INTERPRETATION_LAB:
    case VIPS_INTERPRETATION_LABQ:
    case VIPS_INTERPRETATION_LABS:
    case VIPS_INTERPRETATION_XYZ:
    case VIPS_INTERPRETATION_scRGB:
    case VIPS_INTERPRETATION_HSV:
        status = vips_colourspace(image, out, VIPS_INTERPRETATION_sRGB, NULL);
        break;
    default: break;
    }
    if (status == 0 && *out == NULL) {
        *out = image;
        return 0;
    }
    g_object_unref(image);
    return status;
}

static int to_upright(VipsImage *image, VipsImage **out) {
    if (vips_image_get_orientation(image) == 1) {
        *out = image;
        return 0;
    }
    VipsImage *memory = vips_image_copy_memory(image);
    g_object_unref(image);
    if (!memory) return -1;
    int status = vips_autorot(memory, out, NULL);
    g_object_unref(memory);
    return status;
}

int cvips_decode(
    const void *data, size_t length, int format, int strict, cvips_pixels *pixels,
    char **message) {
    vips_error_clear();
    // libjpeg reports damaged data as warnings; libtiff warns about harmless unknown tags.
    VipsFailOn fail_on = !strict                ? VIPS_FAIL_ON_NONE
                         : format == CVIPS_JPEG ? VIPS_FAIL_ON_WARNING
                                                : VIPS_FAIL_ON_ERROR;
    VipsImage *loaded = NULL;
    VipsImage *coloured = NULL;
    VipsImage *upright = NULL;
    int status = 1;
    if (load(data, length, format, fail_on, &loaded) == 0 && to_srgb(loaded, &coloured) == 0
        && to_upright(coloured, &upright) == 0) {
        status = cvips_unwrap(upright, pixels, message);
        g_object_unref(upright);
    } else {
        cvips_fail(message);
    }
    vips_error_clear();
    return status;
}

// Whether lossless WebP can keep the colour beneath clear pixels: newer versions of libvips can.
static int webp_keeps_hidden_color(void) {
    VipsOperation *operation = vips_operation_new("webpsave_buffer");
    if (!operation) return 0;
    int found = g_object_class_find_property(G_OBJECT_GET_CLASS(operation), "exact") != NULL;
    g_object_unref(operation);
    return found;
}

static int save(VipsImage *image, const cvips_encoding *encoding, void **data, size_t *length) {
    gboolean strip = encoding->xmp == NULL;
    switch (encoding->format) {
    case CVIPS_PNG:
        return vips_pngsave_buffer(
            image, data, length, "compression", encoding->compression, "strip", TRUE, "filter",
            encoding->compression == 0 ? VIPS_FOREIGN_PNG_FILTER_NONE
                                       : VIPS_FOREIGN_PNG_FILTER_ALL,
            NULL);
    case CVIPS_JPEG:
        return vips_jpegsave_buffer(
            image, data, length, "Q", encoding->quality, "optimize_coding", TRUE, "strip", strip,
            NULL);
    case CVIPS_WEBP:
        if (encoding->lossless && webp_keeps_hidden_color())
            return vips_webpsave_buffer(
                image, data, length, "lossless", TRUE, "exact", TRUE, "strip", strip, NULL);
        return vips_webpsave_buffer(
            image, data, length, "Q", encoding->quality, "lossless", encoding->lossless, "strip",
            strip, NULL);
    case CVIPS_TIFF:
        return vips_tiffsave_buffer(
            image, data, length, "compression", VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE,
            "predictor", VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, "strip", strip, NULL);
    default: vips_error("cvips", "no saver for format %d", encoding->format); return -1;
    }
}

int cvips_encode(
    const cvips_pixels *pixels, const cvips_encoding *encoding, void **data, size_t *length,
    char **message) {
    vips_error_clear();
    VipsImage *image = cvips_wrap(pixels);
    if (image && encoding->xmp)
        vips_image_set_blob_copy(image, VIPS_META_XMP_NAME, encoding->xmp, strlen(encoding->xmp));
    int status = 0;
    if (!image || save(image, encoding, data, length)) status = cvips_fail(message);
    if (image) g_object_unref(image);
    vips_error_clear();
    return status;
}
