#include <vips/vips.h>
#include <zlib.h>
