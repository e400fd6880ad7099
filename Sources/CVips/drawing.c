#include "support.h"

static VipsKernel kernel_of(int kernel) {
    switch (kernel) {
    case CVIPS_LINEAR: return VIPS_KERNEL_LINEAR;
    case CVIPS_CUBIC: return VIPS_KERNEL_CUBIC;
    default: return VIPS_KERNEL_LANCZOS3;
    }
}

// Replaces *image by the result of one operation, freeing what was there.
static int step(VipsImage **image, int status, VipsImage *result) {
    g_object_unref(*image);
    *image = status ? NULL : result;
    return status;
}

static int scale(VipsImage **image, int width, int height, int kernel) {
    VipsImage *next = NULL;
    double horizontal = (double)width / (*image)->Xsize;
    double vertical = (double)height / (*image)->Ysize;
    // The exact filter has a largest reach; far beyond it, averaging comes first.
    double gap = VIPS_MIN(horizontal, vertical) < 1.0 / 16 ? 4.0 : 0.0;
    int status = vips_resize(
        *image, &next, horizontal, "vscale", vertical, "kernel", kernel_of(kernel), "gap", gap,
        NULL);
    return step(image, status, next);
}

// Colour is weighted by alpha while it is averaged, so that hidden colour does not bleed.
static int scale_with_alpha(VipsImage **image, int width, int height, int kernel) {
    VipsBandFormat format = (*image)->BandFmt;
    double maximum = format == VIPS_FORMAT_USHORT ? 65535.0 : 255.0;
    VipsImage *next = NULL;
    int status = vips_premultiply(*image, &next, "max_alpha", maximum, NULL);
    if (step(image, status, next)) return status;
    status = scale(image, width, height, kernel);
    if (status) return status;
    next = NULL;
    status = vips_unpremultiply(*image, &next, "max_alpha", maximum, NULL);
    if (step(image, status, next)) return status;
    next = NULL;
    status = vips_rint(*image, &next, NULL);
    if (step(image, status, next)) return status;
    next = NULL;
    status = vips_cast(*image, &next, format, NULL);
    return step(image, status, next);
}

int cvips_resize(
    const cvips_pixels *pixels, int width, int height, int kernel, cvips_pixels *resized,
    char **message) {
    vips_error_clear();
    VipsImage *image = cvips_wrap(pixels);
    int alpha = pixels->bands == 2 || pixels->bands == 4;
    int status = image == NULL;
    if (!status)
        status = alpha ? scale_with_alpha(&image, width, height, kernel)
                       : scale(&image, width, height, kernel);
    if (status) status = cvips_fail(message);
    else if (image->Xsize != width || image->Ysize != height)
        status = cvips_fail_with(message, "libvips made another size");
    else status = cvips_unwrap(image, resized, message);
    if (image) g_object_unref(image);
    vips_error_clear();
    return status;
}

int cvips_text(
    const char *markup, const char *font, const char *file, cvips_pixels *pixels,
    char **message) {
    vips_error_clear();
    VipsImage *image = NULL;
    int status = file ? vips_text(
                            &image, markup, "font", font, "fontfile", file, "dpi", 72, "rgba",
                            TRUE, NULL)
                      : vips_text(&image, markup, "font", font, "dpi", 72, "rgba", TRUE, NULL);
    if (status) status = cvips_fail(message);
    else status = cvips_unwrap(image, pixels, message);
    if (image) g_object_unref(image);
    vips_error_clear();
    return status;
}

static int
load_shapes(const void *data, size_t length, int kind, int page, double scale, VipsImage **out) {
    void *buffer = (void *)data;
    if (kind == CVIPS_SVG)
        return vips_svgload_buffer(buffer, length, out, "dpi", 96.0, "scale", scale, NULL);
    double clear[4] = {0, 0, 0, 0};
    VipsArrayDouble *background = vips_array_double_new(clear, 4);
    int status = vips_pdfload_buffer(
        buffer, length, out, "page", page, "scale", scale, "background", background, NULL);
    vips_area_unref(VIPS_AREA(background));
    return status;
}

int cvips_render(
    const void *data, size_t length, int kind, int page, int side, cvips_pixels *pixels,
    char **message) {
    vips_error_clear();
    VipsImage *image = NULL;
    int status = load_shapes(data, length, kind, page, 1.0, &image);
    if (!status) {
        double scale = (double)side / VIPS_MAX(image->Xsize, image->Ysize);
        g_object_unref(image);
        image = NULL;
        status = load_shapes(data, length, kind, page, scale, &image);
    }
    if (status) status = cvips_fail(message);
    else status = cvips_unwrap(image, pixels, message);
    if (image) g_object_unref(image);
    vips_error_clear();
    return status;
}
