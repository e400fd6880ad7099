// Shared by the files of this target only.
#ifndef CVIPS_SUPPORT_H
#define CVIPS_SUPPORT_H

#include "cvips.h"
#include <vips/vips.h>

// Moves what libvips said into a message of our own; always returns 1.
int cvips_fail(char **message);
int cvips_fail_with(char **message, const char *text);
// Wraps samples without copying them; they must outlive the image.
VipsImage *cvips_wrap(const cvips_pixels *pixels);
// Computes an 8- or 16-bit image of 1 to 4 bands into memory of its own.
int cvips_unwrap(VipsImage *image, cvips_pixels *pixels, char **message);

#endif
